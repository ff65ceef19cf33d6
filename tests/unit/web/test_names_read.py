"""A worker sees as what each word of a full name is read before a child is registered."""

from django.utils.html import strip_tags

from havre.web.registration.showing import reading_words


def test_each_word_of_a_full_name_is_told_with_what_it_is_read_as() -> None:
    said = reading_words([{"value": "Dr Ahmed bin Salem bin Ali", "kind": "full"}])
    assert strip_tags(said) == "Dr: Title · Ahmed: Given name · Salem: Father’s name · Ali: Grandfather’s name"
    assert strip_tags(reading_words([{"value": "Петренко Іван Сергійович", "kind": "full"}])).endswith("Петренко: Family name")
    assert strip_tags(reading_words([{"value": "Abebe Kebede", "kind": "full"}])) == "Abebe: Given name · Kebede: Further name"


def test_nothing_is_told_of_one_word_or_of_a_name_whose_kind_is_stated() -> None:
    assert reading_words([{"value": "Ahmed", "kind": "full"}, {"value": "Salem Ali", "kind": "father"}]) == ""


def test_what_was_typed_is_never_markup() -> None:
    assert "<script" not in reading_words([{"value": "<script>Ali</script> Omar", "kind": "full"}])
