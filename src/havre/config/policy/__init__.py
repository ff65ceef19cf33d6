"""Policy files, one per country; read by `havre.config.policies`."""
