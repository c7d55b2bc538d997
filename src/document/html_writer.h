// An official document as one self-contained HTML page: readable on a screen and a phone,
// printable, every figure opens offline (file://) to what it was counted from. Nothing is loaded
// from elsewhere.
//
// `figures_json` stands in <script type="application/json" id="fazhi-figures">, with < escaped:
//   {"figures": {"<key>": {"title","measure","value","unit","shown","period","filter",
//      "definition","journal_size","numerator"?,"denominator"?,
//      "ledgers":[{"ledger","title","columns":["…"],"entries":[{"id","leaf_hash","cells":["…"],
//      "imported","late","evidence":[{"kind","digest"}]}]}]}},
//    "journal": {"jurisdiction","size","root","hash"}}
// Pure; any thread.
#pragma once

#include <string>

#include "document/block.h"

namespace fazhi::document {

struct HtmlOptions {
    std::string figures_json = "{}";
};

std::string write_html(const Document&, const HtmlOptions&);

}  // namespace fazhi::document
