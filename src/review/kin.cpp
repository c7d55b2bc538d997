#include "review/kin.h"

#include <map>
#include <string_view>
#include <utility>

#include "review/facts.h"

namespace fazhi::review {
namespace {

// 澄湖区 of 澄湖区人民政府云桥街道办事处; "" where the name has none.
std::string district_of(std::string_view unit, const std::string& core) {
    constexpr std::string_view kGovernment = "人民政府";
    const std::size_t at = unit.find(core);
    std::string_view out = at == std::string_view::npos ? std::string_view() : unit.substr(0, at);
    if (out.ends_with(kGovernment)) out.remove_suffix(kGovernment.size());
    return std::string(out);
}

struct Place {
    std::string district;
    std::string core;
};

using ByDistrict = std::map<std::string, std::vector<std::size_t>>;

// A name without its district is that of the folder's office of this name.
void fill_districts(std::vector<Place>& places, const std::vector<ReportHead>& heads) {
    std::map<std::pair<std::string, std::string>, std::string> known;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        if (!places[i].district.empty())
            known.emplace(std::pair(heads[i].folder, places[i].core), places[i].district);
    }
    for (std::size_t i = 0; i < heads.size(); ++i) {
        if (!places[i].district.empty()) continue;
        const auto found = known.find({heads[i].folder, places[i].core});
        places[i].district = found == known.end() ? "/" + heads[i].folder : found->second;
    }
}

Kin kin_among(std::size_t own, const std::vector<std::size_t>& district,
              const std::vector<ReportHead>& heads, const std::vector<Place>& places) {
    Kin out;
    std::vector<std::size_t> other_years;
    for (const std::size_t each : district) {
        const bool same_unit = places[each].core == places[own].core;
        const int year = heads[each].year;
        if (same_unit && year + 1 == heads[own].year) out.last_year = each;
        if (same_unit || year == 0) continue;
        (year == heads[own].year ? out.neighbours : other_years).push_back(each);
    }
    if (out.neighbours.size() < kNeighboursMin)
        out.neighbours.insert(out.neighbours.end(), other_years.begin(), other_years.end());
    if (out.neighbours.size() > kNeighboursMax) {
        out.neighbours.clear();
        out.too_many = true;
    }
    return out;
}

}  // namespace

std::vector<Kin> kin_of(const std::vector<ReportHead>& heads,
                        const std::vector<std::string>& endings) {
    std::vector<Place> places;
    for (const ReportHead& head : heads) {
        const std::string core = office_core(head.unit, endings);
        places.push_back({district_of(head.unit, core), core});
    }
    fill_districts(places, heads);
    ByDistrict districts;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        if (!heads[i].unit.empty()) districts[places[i].district].push_back(i);
    }
    std::vector<Kin> out(heads.size());
    for (std::size_t i = 0; i < heads.size(); ++i) {
        if (!heads[i].unit.empty()) out[i].unit = places[i].district + "/" + places[i].core;
    }
    for (const auto& [district, reports] : districts) {
        for (const std::size_t each : reports) {
            if (heads[each].year == 0) continue;
            Kin kin = kin_among(each, reports, heads, places);
            kin.unit = std::move(out[each].unit);
            out[each] = std::move(kin);
        }
    }
    return out;
}

}  // namespace fazhi::review
