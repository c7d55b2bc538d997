// An official document as one self-contained HTML page: readable on a screen and a phone,
// printable, every figure opens offline (file://) to what it was counted from. Nothing is loaded
// from elsewhere.
//
// `figures_json` stands in <script type="application/json" id="fazhi-figures">, with < escaped:
//   {"figures": {"<key>": {"title","measure","value","unit","shown","from","to","filter",
//      "definitions","numerator"?,"denominator"?,"ledgers":[{"ledger","entries":[31,…]}]}},
//    "journal": {"jurisdiction","size","root","hash","key","note"?,"frozen"?,
//      "records":[{"seq","body"}],"proof":["hex",…]},
//    "ledgers": {"<ledger>": {"title","all","columns":["…"],"entries":[{"id","cells":["…"],
//      "imported","late","evidence":[{"kind","digest"}]}]}}}
// `all` is how many entries the ledger has that are not void. records and proof are journal/'s
// ProvenRecords: the page (web/report-page) computes the root from them.
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
