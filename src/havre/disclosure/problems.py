"""What can be refused on the way to a release, said in a sentence with what to do instead? No sentence holds a value of a row."""

from havre.core.problems import Problem
from havre.core.words import N_


class DisclosureRefused(Problem):
    """A release, a plan or a question that cannot be answered safely as it stands; nothing was measured or spent."""

    code = "disclosure_refused"
    status = 422
    sentence = N_("This cannot be released as it stands. Nothing was measured.")


class BadCodebook(DisclosureRefused):
    """A codebook contradicts itself; params: attribute, hint."""

    code = "disclosure_bad_codebook"
    sentence = N_("The codes of %(attribute)s cannot be used: %(hint)s.")


class MissingAttribute(DisclosureRefused):
    """A planned attribute is not in the data or the codebooks; params: attribute."""

    code = "disclosure_missing_attribute"
    sentence = N_("There is no %(attribute)s here. Add it, or take it out of the plan. Nothing was measured.")


class UnknownCode(DisclosureRefused):
    """Values outside the public codebook, for an attribute without an “other”; params: attribute, count."""

    code = "disclosure_unknown_code"
    sentence = N_("%(count)s values of %(attribute)s are not in its list of codes. Correct them, or add a code “other” to the list. Nothing was measured.")


class EmptyDomain(DisclosureRefused):
    """There is nothing to count by; params: what."""

    code = "disclosure_empty_domain"
    sentence = N_("%(what)s is empty. Give it at least one entry.")


class EmptyPopulation(DisclosureRefused):
    """No row is in the period and group that was asked for. Not told outside the instance."""

    code = "disclosure_empty_population"
    sentence = N_("There is nobody in this group and period. Choose a wider group or a longer period. Nothing was measured.")


class TooManyRows(DisclosureRefused):
    """One child stands in more rows than the plan protects; params: most, cap. Not told outside the instance."""

    code = "disclosure_too_many_rows"
    sentence = N_("One child stands in %(most)s rows and the plan protects %(cap)s. Merge duplicates, raise the number of rows per child "
                  "(the noise grows with it), or agree to leave the surplus rows out. Nothing was measured.")


class ChildNotNamed(DisclosureRefused):
    """Rows that do not say whose they are; params: count. Not told outside the instance."""

    code = "disclosure_child_not_named"
    sentence = N_("%(count)s rows do not say which child they belong to. Give each row its child’s identifier. Nothing was measured.")


class NotPlanned(DisclosureRefused):
    """A table outside what was measured; params: table, planned."""

    code = "disclosure_not_planned"
    sentence = N_("The table by %(table)s was not planned, so it cannot be made. These can: %(planned)s.")


class PlanTooPoor(DisclosureRefused):
    """The budget is too small for so many tables; params: table, readable, most."""

    code = "disclosure_plan_too_poor"
    sentence = N_("With this budget the table by %(table)s could be read only for counts from %(readable)s up, and %(most)s was asked for. "
                  "Name fewer tables, group the codes, or choose a longer period.")


class BadBudget(DisclosureRefused):
    """A budget that is not a positive number; params: hint."""

    code = "disclosure_bad_budget"
    sentence = N_("This privacy budget cannot be used: %(hint)s.")


class TooLarge(DisclosureRefused):
    """More cells than can be counted exactly; params: table."""

    code = "disclosure_too_large"
    sentence = N_("The table by %(table)s has too many cells. Use a coarser level or fewer attributes.")


class BadPlanFile(DisclosureRefused):
    """A plan file that does not say what it must; params: where, hint."""

    code = "disclosure_bad_plan_file"
    sentence = N_("The plan cannot be read at %(where)s: %(hint)s. Nothing was measured.")


class BudgetSpent(DisclosureRefused):
    """The ledger has less left than the plan needs; params: population, year, left, asked (epsilon, two decimals)."""

    code = "disclosure_budget_spent"
    status = 409
    sentence = N_("For %(population)s in %(year)s, epsilon %(left)s is left and this plan needs %(asked)s. Name fewer tables at a smaller epsilon, "
                  "use a sheet that was measured before, or wait for the next year. Nothing was measured.")


class AlreadyMeasured(DisclosureRefused):
    """This plan was measured before, or was about to be; params: release."""

    code = "disclosure_already_measured"
    status = 409
    sentence = N_("This plan was measured before (%(release)s). Measuring it again would tell more about each child: use the tables and the sheet "
                  "of that release. Nothing was measured.")


class LedgerDamaged(DisclosureRefused):
    """A ledger file that was changed by hand or is not one; params: line."""

    code = "disclosure_ledger_damaged"
    status = 409
    sentence = N_("The ledger was changed at line %(line)s, so nobody can say what is spent. Put it back from a copy. Nothing was measured.")


class SheetDamaged(DisclosureRefused):
    """Bytes that are no sheet, or were changed since it was measured."""

    code = "disclosure_sheet_damaged"
    sentence = N_("This file is not a sheet of Havre, or it was changed. Take it again from where it is kept.")


class RoundingImpossible(DisclosureRefused):
    """No table of multiples adds up with every cell beside its count; params: table."""

    code = "disclosure_rounding_impossible"
    sentence = N_("The table by %(table)s cannot be rounded so that it adds up. Use a smaller base, or leave out an attribute.")


class SmallDifference(DisclosureRefused):
    """Subtracted from what was released before, the table would single out a small group; params: table, earlier, limit."""

    code = "disclosure_small_difference"
    sentence = N_("Subtracted from “%(earlier)s”, “%(table)s” would show a group of fewer than %(limit)s children. "
                  "Wait for the next fixed date, use the same groups as before, or group the codes.")
