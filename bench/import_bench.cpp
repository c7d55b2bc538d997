// Importing an XLSX file: reading and trying it, then its write pass against a bare SQLite program
// writing the same rows.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stop_token>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "action/file_import.h"
#include "against_bare.h"
#include "bench.h"
#include "creating.h"
#include "exchange/table_file.h"
#include "exchange/xlsx_writer.h"
#include "office.h"

namespace fazhi::bench {
namespace {

constexpr int kRows = 2'000;

// A file as an office has it; no two rounds' are alike.
std::string file_of_round(const std::filesystem::path& folder, int round) {
    exchange::OutSheet sheet{.name = "普法宣传", .columns = {}, .rows = {}};
    for (const char* head : {"活动日期", "活动名称", "节点", "形式", "场所", "发放资料", "受众"})
        sheet.columns.push_back({.title = head, .help = {}, .choices = {}});
    for (int n = 0; n < kRows; ++n) {
        sheet.rows.push_back({fmt::format("2026年{}月{}日", n % 10 + 1, n % 28 + 1),
                              fmt::format("第{}轮第{}场法治宣传", round, n), "日常", "现场宣传台",
                              "社区", std::to_string(n % 500), std::to_string(n % 300)});
    }
    const std::filesystem::path file = folder / "import.xlsx";
    required(exchange::write_xlsx(file, sheet));
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

void imports(Sheet& sheet) {
    LoadedOffice office("qianjin");
    action::Workplace& workplace = *office.workplace;
    const std::string person = recorder(office);
    std::vector<double> reading;
    std::vector<double> trying;
    const auto write_pass = [&](int round) {
        const std::string bytes = file_of_round(office.folder.path, round);
        const action::ImportOrder order{.office = office.id,
                                        .as = person,
                                        .ledger = "publicity",
                                        .sheet = {},
                                        .file = fmt::format("普法宣传{}.xlsx", round),
                                        .digest = digest_of(workplace.journal.algorithm(), bytes),
                                        .evidence = office.folder.path};
        Instant begun = now();
        const exchange::TableWish wish = required(action::import_wish(workplace, order));
        action::FileImport import(workplace, order, required(exchange::read_table(bytes, wish)));
        reading.push_back(seconds_since(begun));
        begun = now();
        required(import.check([](std::size_t, std::size_t) {}));
        trying.push_back(seconds_since(begun));
        begun = now();
        required(import.write([](const action::Imported&) {}, std::stop_token()));
        return seconds_since(begun);
    };
    constexpr Work kWork{kRows, static_cast<int>(action::kImportBatchRows)};
    const AgainstBare speed = against_bare(office, kWork, write_pass);
    sheet.add({.name = "import.xlsx.read", .value = kRows / median(reading), .unit = "/s"});
    sheet.add({.name = "import.xlsx.check", .value = kRows / median(trying), .unit = "/s"});
    sheet.add({.name = "import.xlsx.write",
               .value = speed.ours,
               .unit = "/s",
               .ratio = speed.ours / speed.bare,
               .bar = Bar{Sense::AtLeast, 0.4}});
    sheet.add({.name = "import.xlsx.write.bare", .value = speed.bare, .unit = "/s"});
}

}  // namespace fazhi::bench
