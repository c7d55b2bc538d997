// Heading numbers (结构层次序数) and the list of annexes: the same in every writer, because counted
// once, here. Basis: GB/T 9704-2012 §7.3.3: 一、 then （一） then 1. then （1）.
//
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "document/block.h"

namespace fazhi::document {

// "一、" "（二）" "3." "（4）". level 1..4, number > 0.
std::string heading_number(int level, int number);

// Chinese digits below 1000 ("一百二十"), Arabic ones from there.
std::string chinese_number(int number);

// By block: the number of a heading, "附件" or "附件2" of an annex, "" of anything else.
std::vector<std::string> block_labels(const std::vector<Block>&);

// The lines of 附件说明: "1.××××" each, or the title alone where there is one annex.
std::vector<std::string> annex_list(const std::vector<Block>&);

}  // namespace fazhi::document
