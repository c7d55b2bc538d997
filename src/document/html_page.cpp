#include "document/html_page.h"

namespace fazhi::document {

std::string_view html_style() {
    return R"css(
:root{color-scheme:light;--ink:#1a1a1a;--line:#c9c9c9;--red:#c00000;--mark:#0b5cad}
*{box-sizing:border-box}
body{margin:0;background:#eceff1;color:var(--ink);font:18px/1.9 "FangSong","STFangsong","仿宋_GB2312","Noto Serif CJK SC",serif}
main{max-width:900px;margin:24px auto;background:#fff;padding:56px 72px;box-shadow:0 1px 6px rgba(0,0,0,.18)}
.organisation{color:var(--red);text-align:center;font:700 34px/1.4 "FZXiaoBiaoSong-B05S","Noto Serif CJK SC",serif;letter-spacing:.06em;margin:0 0 20px;text-wrap:balance}
.reference{display:flex;justify-content:space-between;gap:16px;flex-wrap:wrap}
.reference.one{justify-content:center}
.rule{border:0;border-top:2px solid var(--red);margin:4px 0 32px}
h1{font:700 28px/1.5 "FZXiaoBiaoSong-B05S","Noto Serif CJK SC",serif;text-align:center;margin:0 0 28px;white-space:pre-line;text-wrap:balance}
h2,h3,h4,h5{font-size:18px;margin:.2em 0;text-indent:2em;font-weight:400}
h2{font-family:"SimHei","Noto Sans CJK SC",sans-serif}
h3{font-family:"KaiTi","AR PL KaitiM GB",serif}
p{margin:0;text-indent:2em;text-align:justify;white-space:pre-line}
p.flush,p.addressee{text-indent:0}p.centred{text-align:center;text-indent:0}p.right,.signature p{text-align:right;text-indent:0}
.lead{font-family:"KaiTi","AR PL KaitiM GB",serif}.strong{font-family:"SimHei","Noto Sans CJK SC",sans-serif}.faint{color:#666}
.draft{color:var(--red);text-align:right;margin:0}
.signature{margin-top:2.2em}
.imprint{border-top:2px solid var(--ink);border-bottom:2px solid var(--ink);margin-top:2.5em;font-size:16px}
.imprint p{text-indent:1em}
figure{margin:18px 0;overflow-x:auto}
figcaption,caption{font-family:"SimHei","Noto Sans CJK SC",sans-serif;font-size:16px;text-align:center;margin-bottom:6px}
table{border-collapse:collapse;width:100%;font-size:15px;line-height:1.5}
th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f4f4f4;font-weight:600}td.right,th.right{text-align:right}td.centre,th.centre{text-align:center}
svg{width:100%;height:auto;font-family:"Noto Sans CJK SC",sans-serif}
.annex{border-top:1px dashed var(--line);margin-top:48px;padding-top:24px;break-before:page}
.annex>strong{font-family:"SimHei","Noto Sans CJK SC",sans-serif}
button.figure{all:unset;display:inline;text-indent:0;color:var(--mark);border-bottom:1px dashed var(--mark);cursor:pointer}
button.figure:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
rect.figure{fill:transparent;cursor:pointer}rect.figure:hover{fill:var(--mark);fill-opacity:.08}
rect.figure:focus-visible{outline:none;stroke:var(--mark);stroke-width:2}
#panel{position:fixed;inset:0 0 0 auto;width:min(880px,100vw);background:#fff;box-shadow:-2px 0 12px rgba(0,0,0,.3);padding:20px 24px;overflow:auto;font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif}
#panel[hidden]{display:none}
#panel h2{font-size:18px;font-weight:700;text-indent:0;margin:0 0 8px}
#panel p{text-indent:0;text-align:left}
.agrees{color:#1b6e2f}.differs{color:var(--red);font-weight:700}
#verdict{margin-top:2.5em;font:14px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;text-indent:0;overflow-wrap:anywhere}
#panel details code{display:block;white-space:pre-wrap}
#panel dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:8px 0}
#panel dt{color:#555}#panel dd{margin:0;overflow-wrap:anywhere}
#panel .close{float:right;font:inherit;padding:2px 12px}
#panel .mark{display:inline-block;border:1px solid #a60;color:#a60;border-radius:3px;padding:0 4px;font-size:12px;margin-left:4px}
#panel code{font-size:12px;overflow-wrap:anywhere}
#panel .rows{overflow-x:auto}
#panel .rows table{width:max-content;min-width:100%}
#panel .rows th{white-space:nowrap}#panel .rows td{min-width:3.5em;max-width:15em}
#panel .rows td:nth-child(2){white-space:nowrap}#panel .rows code{display:block;width:17em}
@media (max-width:700px){body{font-size:17px}main{margin:0;padding:24px 16px;box-shadow:none}.organisation{font-size:25px}h1{font-size:22px}
#panel{inset:auto 0 0 0;width:100%;max-height:80vh;box-shadow:0 -2px 12px rgba(0,0,0,.3)}}
@media print{body{background:#fff}main{box-shadow:none;margin:0;max-width:none;padding:0}#panel{display:none}button.figure{color:inherit;border:0}}
)css";
}

}  // namespace fazhi::document
