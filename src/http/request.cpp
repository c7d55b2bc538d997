#include "http/request.h"

namespace fazhi::http {
namespace {

template <class Map>
std::string found_in(const Map& map, std::string_view name) {
    const auto found = map.find(name);
    return found == map.end() ? std::string() : found->second;
}

}  // namespace

std::string Request::header(std::string_view name) const {
    return found_in(headers, name);
}

std::string Request::asked(std::string_view name) const {
    return found_in(query, name);
}

// "a=1; b=2" (RFC 6265 §4.2.1)
std::string Request::cookie(std::string_view name) const {
    const std::string all = header("cookie");
    std::size_t from = 0;
    while (from < all.size()) {
        const std::size_t to = std::min(all.find(';', from), all.size());
        std::string_view pair = std::string_view(all).substr(from, to - from);
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return std::string(pair.substr(equals + 1));
        from = to + 1;
    }
    return {};
}

std::string Response::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace fazhi::http
