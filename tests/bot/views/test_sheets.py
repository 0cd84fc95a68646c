"""Texts under headings on pages: none is lost, none is cut, each page fits a message."""

from hypothesis import given
from hypothesis import strategies as st

from bot.views.markdown import length
from bot.views.sheets import ROOM, Block, draw, lay
from tests.bot.discord.limits import walk

blocks = st.lists(
    st.builds(Block, st.sampled_from(["", "A", "B", "C" * 100]), st.text("x\n🙂", min_size=1, max_size=300)),
    max_size=60,
)


@given(blocks)
def test_all_texts_are_laid_in_their_order_with_their_headings(given_blocks: list[Block]) -> None:
    pages = lay(given_blocks)
    assert [block for page in pages for block in page] == given_blocks
    assert all(pages) or pages == [[]]


@given(blocks, st.integers(420, ROOM))
def test_a_page_has_no_more_than_its_room(given_blocks: list[Block], room: int) -> None:
    for page in lay(given_blocks, room):
        assert sum(length(block.text) + 1 for block in page) <= room or len(page) == 1


async def test_every_page_fits_a_message_whatever_the_texts() -> None:
    from discord.ui import Container, LayoutView

    many = [Block(f"Heading {number}", "x" * 40) for number in range(60)]
    long = [Block("Heading", "x" * 1_000 + str(number)) for number in range(20)]
    for page in (*lay(many), *lay(long)):
        box: Container[LayoutView] = Container()
        draw(box, page)
        parts = list(walk([box.to_component_dict()]))
        assert len(parts) <= 32, "a title, a page number and rows of buttons are still to come"
        assert sum(length(part.get("content", "")) for part in parts) <= 3_600


def test_a_section_that_goes_on_has_its_heading_on_the_next_page_too() -> None:
    first, second = lay([Block("Heading", "x" * 600), Block("Heading", "y" * 600)], room=1_000)
    assert first == [Block("Heading", "x" * 600)]
    assert second == [Block("Heading", "y" * 600)]


def test_nothing_is_one_empty_page() -> None:
    assert lay([]) == [[]]
