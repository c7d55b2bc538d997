// The outline (层次) of a report in whatever way it numbers: 一、 （一） 1. （1） ① 一是…二是,
// 第一部分, headings a format marks, mixed and broken levels.
//
// A level is where a heading stands in this report, not what its numbers look like. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <vector>

#include "review/prose.h"

namespace fazhi::review {

enum class NumberStyle {
    Division,     // 第一部分, 第一章
    Chinese,      // 一、
    Bracketed,    // （一）
    Arabic,       // 1. 1、
    ArabicInner,  // （1） 1)
    Circled,      // ①
    Item,         // 一是, inside a paragraph or at its beginning
    Unnumbered,   // a heading only because the format says so
};

struct OutlineItem {
    NumberStyle style = NumberStyle::Unnumbered;
    int number = 0;       // 0: none
    int level = 1;        // from 1
    int mark = 0;         // of an unnumbered heading: the level the format gives it
    Extent label;         // 一、 with its mark
    Extent title;         // what follows, to the end of the heading; without its full stop
    Extent whole;         // from the label to before the next item of this level or a higher one
    bool run_in = false;  // text follows in the same paragraph
    std::uint32_t paragraph = 0;
    std::int32_t parent = -1;  // index; -1: none
};

struct Outline {
    std::vector<OutlineItem> items;  // in the order of the text
    // Characters before the first heading: title (also where the format marks it as a heading),
    // number, addressee, opening.
    Extent head;
};

Outline outline_of(const Prose&);

}  // namespace fazhi::review
