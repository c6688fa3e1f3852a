"""Files as users have them -> articles: encodings, forms, kinds, headings, and one sentence for what cannot be read."""

from __future__ import annotations

import codecs
import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import reading
from nlp.article import Article
from nlp.reading import ReadingError, read_bytes, read_file, read_text
from tests.conftest import EXAMPLE

NOTICE = """启江市消费者协会关于2021年上半年投诉情况的通报

　　一、总体情况
　　上半年，全市消协组织受理投诉1204件，同比下降12.8%。
　　（一）商品类。受理803件。
二、提示
请保留凭证。
启江市消费者协会
2021年7月8日
"""


def _kinds(article: Article) -> list[str]:
    return [p.kind for p in article.paragraphs]


ENCODINGS = {
    "utf-8": NOTICE.encode(),
    "utf-8 with BOM": codecs.BOM_UTF8 + NOTICE.encode(),
    "utf-16": NOTICE.encode("utf-16"),
    "utf-16 big-endian": codecs.BOM_UTF16_BE + NOTICE.encode("utf-16-be"),
    "gbk": NOTICE.encode("gbk"),
    "gb18030": NOTICE.encode("gb18030"),
    "utf-8 that is valid gb18030 too": "启江市受理投诉三件".encode()[:-9],
    "short gb18030": "启江市受理3件".encode("gb18030"),
    "crlf": NOTICE.replace("\n", "\r\n").encode(),
    "declared gb2312": f'<html><head><meta charset="gb2312"></head><body><p>{NOTICE}</p></body></html>'.encode("gb18030"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings(name: str) -> None:
    text = read_bytes(ENCODINGS[name], name).text
    assert "启江市" in text
    assert "�" not in text


def test_plain_text_kinds_headings_and_about() -> None:
    article = read_text(NOTICE, "notice.txt")
    assert _kinds(article) == ["heading", "heading", "body", "body", "heading", "body", "meta", "meta"]
    assert article.paragraphs[3].headings == ("一、总体情况", "（一）商品类")
    assert article.title == "启江市消费者协会关于2021年上半年投诉情况的通报"
    assert article.published == "2021-07-08"
    assert all(article.slice(p).strip(" 　") == article.slice(p) for p in article.paragraphs)


def test_page_keeps_main_text_captions_and_title() -> None:
    article = read_file(EXAMPLE)
    assert article.title == "海东省通信管理局关于2022年第三季度电信服务质量的通告"
    assert (article.published, article.source) == ("2022-11-08", "信息通信发展处")
    lines = [article.slice(p) for p in article.paragraphs]
    assert lines[0] == article.title
    assert not [line for line in lines if "首页" in line or "分享到" in line or "var visits" in line or "网站标识码" in line]
    assert [article.slice(p) for p in article.paragraphs if p.kind == "caption"] == ["图1　2021—2022年各季度用户申诉量（单位：件）"]
    body = next(p for p in article.paragraphs if article.slice(p).startswith("（一）总体情况"))
    assert body.headings == ("一、用户申诉情况", "（一）总体情况")


POST = """
---
title: '某协会：上半年投诉1204件'
date: Mon, 12 Apr 2021 17:45:57 GMT
author: 某新闻网
---
<div><p>　　原标题：某协会公布数据</p><p>　　上半年共受理投诉1204件，同比下降一成，其中商品类占七成，服务类占三成，主要集中在家电、家居、教育培训和预付卡等几个领域，消费者反映的问题与往年相近。</p>
<div class="pic"><img src="a.png"><span class="img_descr">图1 投诉走势</span></div>
<p>　　协会提醒消费者保留好合同、票据和聊天记录，遇到纠纷先与商家协商，协商不成可以拨打热线电话反映，也可以到所在地的分会现场递交材料，请求调解。</p><style>.x{color:red}</style>
<p class="editor">责任编辑：张三</p></div>
"""


def test_post_with_front_matter() -> None:
    article = read_text(POST, "post.txt")
    assert (article.title, article.published, article.source) == ("某协会：上半年投诉1204件", "2021-04-13", "某新闻网")
    assert _kinds(article) == ["meta", "body", "caption", "body", "meta"]
    assert "color" not in article.text


def test_markdown() -> None:
    article = read_text("# 通报\n\n## 一、情况\n\n受理**3件**投诉。\n\n- 第一条\n- 第二条\n", "a.md")
    assert article.text.split("\n") == ["通报", "一、情况", "受理3件投诉。", "第一条", "第二条"]
    assert article.paragraphs[2].headings == ("一、情况",)


BAD = {
    "empty": (b"", "empty"),
    "only spaces": (b" \r\n\t ", "empty"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text file"),
    "page without text": (b"<html><body><script>x=1</script><img src='a.png'></body></html>", "no text"),
    "too large": (b"a" * (reading.LARGEST + 1), "larger than"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_bytes(name: str) -> None:
    data, reason = BAD[name]
    with pytest.raises(ReadingError, match=reason) as caught:
        read_bytes(data, "bad.txt")
    assert "bad.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(ReadingError, match=str(path.name)):
            read_file(path)


def test_page_that_is_too_deep_is_refused_in_one_sentence() -> None:
    with pytest.raises(ReadingError, match=r"deep\.html"):
        read_text("<div>" * 100_000 + "受理投诉3件" + "</div>" * 100_000, "deep.html")


@given(st.text(alphabet="一二、（）。：第条<>/pdivh1#*-[]!\n\r 　&;\"'=\x00\u200b\ufeff𠮷启江市3件", max_size=200))
def test_paragraphs_are_slices_of_any_text(text: str) -> None:
    try:
        article = read_text(text, "any")
    except ReadingError:
        return
    for paragraph in article.paragraphs:
        line = article.slice(paragraph)
        assert line
        assert "\n" not in line
    assert "\n".join(article.slice(p) for p in article.paragraphs) == article.text


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    with contextlib.suppress(ReadingError):
        assert read_bytes(data, "any").text
