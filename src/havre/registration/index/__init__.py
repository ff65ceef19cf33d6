"""The blind index: who may be whom, across agencies, without anyone's data being shown."""
