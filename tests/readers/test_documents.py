"""Files that are one document: text, HTML, DOCX."""

from __future__ import annotations

import io
import zipfile

import pytest

from riwaya.readers import ReadOptions

from .conftest import Reading

PARAGRAPHS = (
    "قالت وزارة الري في خرانة إن سد الوادي انهار فجر الأحد بعد أمطار غزيرة استمرت يومين، وغمرت المياه القرى القريبة.",
    "وأكد مدير الدفاع المدني في البلدة أن فرق الإنقاذ أجلت سبعين أسرة قبل وصول الموجة الثانية من السيول بساعات.",
    "ولم تذكر الوزارة عدد الضحايا، بينما قال شهود إن ثلاثة أشخاص فقدوا قرب الجسر الحديدي شرق خرانة مساء السبت.",
)
PAGE = f"""<!DOCTYPE html><html><head><title>انهيار السد - جريدة السد</title>
<meta property="og:title" content="انهيار سد الوادي"><meta property="og:site_name" content="جريدة السد">
<meta name="author" content="ليلى الخراني"><link rel="canonical" href="https://alsadd.example/2016/05/03/dam">
<meta property="article:published_time" content="2016-05-03T08:30:00+03:00"></head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/sport">رياضة</a></li><li><a href="/art">فنون</a></li></ul></nav>
<article><h1>انهيار سد الوادي</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<aside><h3>اقرأ أيضا</h3><ul><li><a href="/x">أسعار الذهب اليوم</a></li><li><a href="/y">طقس الغد</a></li></ul></aside>
<div><p>بالاشتراك في النشرة أنت توافق على <a href="/privacy">سياسة الخصوصية</a>.</p></div>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


LD = '<script type="application/ld+json">'


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with a body and, by name, other parts."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content.replace("<w:notes", f"<w:notes {space}"))
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_text_is_exactly_its_file(reading: Reading) -> None:
    text = "\tسطر\r\nسطر  آخر \u200f\rنهاية\u2028\n\n"
    [draft], _ = reading(text.encode(), "a.txt")
    assert (draft.text, draft.original, draft.member, draft.media_type) == (text, text.encode(), None, "text/plain")


def test_a_byte_order_mark_is_no_letter(reading: Reading) -> None:
    [draft], _ = reading("خبر عاجل من خرانة".encode("utf-8-sig"), "a.txt")
    assert draft.text == "خبر عاجل من خرانة"


def test_a_page_gives_its_article_and_what_it_says_of_itself(reading: Reading) -> None:
    [draft], _ = reading(PAGE.encode(), "a.html")
    for wanted in PARAGRAPHS:
        assert wanted in draft.text
    for unwanted in ("الرئيسية", "أسعار الذهب", "النشرة", "الحقوق محفوظة"):
        assert unwanted not in draft.text
    assert (draft.outlet, draft.title, draft.author) == ("جريدة السد", "انهيار سد الوادي", "ليلى الخراني")
    assert (draft.url, draft.published) == ("https://alsadd.example/2016/05/03/dam", "2016-05-03T08:30:00+03:00")
    assert (draft.language, draft.warnings) == ("ar", ())


@pytest.mark.parametrize(
    ("said", "published"),
    [
        (
            f'{LD}{{"@graph":[{{"@type":"NewsArticle","datePublished":"2016-05-04"}}]}}</script>',
            4,
        ),
        ('<script type="application/ld+json">[{"@type":["Article"],"datePublished":"2016-05-05"}]</script>', 5),
        ('<script type="application/ld+json">{broken</script><meta itemprop="datePublished" content="2016-05-06">', 6),
        ('<time pubdate datetime="2016-05-07">منذ يومين</time>', 7),
        ('<link rel="canonical" href="http://a.example/news/2016/5/8/dam.html">', 8),
        ("<p>نشر في 9 مايو 2016</p>", None),
    ],
)
def test_a_date_counts_only_where_it_is_marked(reading: Reading, said: str, published: int | None) -> None:
    page = f"<html><head>{said}</head><body>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</body></html>"
    [draft], _ = reading(page.encode(), "a.html")
    assert draft.published == (published and f"2016-05-0{published}")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1256", "utf-8"), ("cp1256", "windows-1256"), ("utf_8", "windows-1256"), ("utf_16", "x")],
)
def test_the_bytes_of_a_page_have_the_last_word(reading: Reading, encoding: str, declared: str) -> None:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = f'<html><head><meta charset="{declared}"></head><body>{body}</body></html>'
    [draft], _ = reading(page.encode(encoding), "a.html")
    assert draft.text == "\n".join(PARAGRAPHS)


def test_a_page_without_an_article_gives_what_it_shows(reading: Reading) -> None:
    [draft], _ = reading("<html><body>خبر عاجل</body></html>".encode(), "a.html")
    assert draft.text == "خبر عاجل"


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "font"])
def test_a_page_nested_without_end_keeps_its_words(reading: Reading, tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 100_000}<p>{PARAGRAPHS[0]}</p>"
    [draft], _ = reading(page.encode(), "a.html")
    assert PARAGRAPHS[0] in draft.text
    assert "no-article" in {warning.kind for warning in draft.warnings}


def test_tables_that_lay_out_a_page_are_not_its_text(reading: Reading) -> None:
    menu = "".join(f'<tr><td><a href="/{n}">باب {n}</a></td></tr>' for n in range(9))
    prose = "<br><br>".join(PARAGRAPHS)
    page = (
        f"<html><body><table><tr><td><table>{menu}</table></td><td><font>{prose}</font></td></tr></table></body></html>"
    )
    [draft], _ = reading(page.encode(), "a.html")
    assert draft.text == "\n".join(PARAGRAPHS)


def test_a_table_of_figures_keeps_its_rows_and_gains_no_marks(reading: Reading) -> None:
    rows = "<tr><td>القرية</td><td>الأسر</td></tr><tr><td>خرانة</td><td>70</td></tr>"
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    [draft], _ = reading(f"<html><body><article>{body}<table>{rows}</table></article></body></html>".encode(), "a.html")
    assert draft.text == "\n".join([*PARAGRAPHS, "القرية\tالأسر", "خرانة\t70"])


def test_references_to_control_characters_do_no_harm(reading: Reading) -> None:
    page = f"<html><body><p>&#1;{PARAGRAPHS[0]}&#31;</p><p>\x01\x1f{PARAGRAPHS[1]}</p></body></html>"
    [draft], _ = reading(page.encode(), "a.html")
    assert PARAGRAPHS[0] in draft.text
    assert PARAGRAPHS[1] in draft.text


def test_a_page_that_is_too_large(reading: Reading) -> None:
    _, [failure] = reading(PAGE.encode(), "a.html", ReadOptions(max_markup_bytes=100))
    assert "a page may have" in failure.message


def test_a_word_file(reading: Reading) -> None:
    body = (
        f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>{PARAGRAPHS[0]}</w:t><w:br/><w:t>سطر</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc>{paragraph('القرية')}</w:tc><w:tc>{paragraph('الأسر')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('خرانة')}{paragraph('الوادي')}</w:tc><w:tc>{paragraph('70')}</w:tc></w:tr></w:tbl>"
        "<w:p><w:del><w:r><w:t>ثلاثون</w:t></w:r></w:del><w:ins><w:r><w:t>سبعون</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    core = (
        '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>انهيار السد</dc:title>'
        "<dc:creator>ليلى</dc:creator></p>"
    )
    notes = f"<w:notes><w:footnote>{paragraph('بيان الوزارة')}</w:footnote></w:notes>"
    [draft], _ = reading(word_file(body, docProps__core=core, word__footnotes=notes), "a.docx")
    assert draft.text == f"{PARAGRAPHS[0]}\nسطر\nالقرية\tالأسر\nخرانة\nالوادي\n70\nسبعون\n\nبيان الوزارة"
    assert (draft.title, draft.author, draft.published) == ("انهيار السد", "ليلى", None)


def test_a_word_file_with_a_text_box_has_it_once(reading: Reading) -> None:
    box = f"<w:txbxContent>{paragraph('إطار')}</w:txbxContent>"
    body = f"<w:p><w:r><w:t>متن</w:t><Choice>{box}</Choice><Fallback>{box}</Fallback></w:r></w:p>"
    [draft], _ = reading(word_file(body), "a.docx")
    assert draft.text == "إطار\nمتن"


def test_a_word_file_nested_without_end(reading: Reading) -> None:
    [draft], _ = reading(word_file("<w:sdt>" * 50_000 + paragraph("متن") + "</w:sdt>" * 50_000), "a.docx")
    assert draft.text == "متن"


@pytest.mark.parametrize("inside", ["<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "<w:p", "plain"])
def test_a_damaged_or_trapped_word_file_is_one_failure(reading: Reading, inside: str) -> None:
    drafts, [failure] = reading(word_file(paragraph("متن"), word__footnotes=inside), "a.docx")
    assert drafts == []
    assert "Word file" in failure.message
