#include "document/archive_reader.h"

#include <doctest/doctest.h>

#include "document/zip_archive.h"

namespace fazhi::document {
namespace {

constexpr ArchiveBounds kBounds{.entries_max = 10, .unpacked_bytes_max = 1'000'000};

}  // namespace

TEST_CASE("an archive gives its files in order and nothing that is not there") {
    const std::string bytes = zip_archive({{"b.xml", "二"}, {"folder/a.xml", "一"}});
    ArchiveReader archive(bytes, kBounds);
    CHECK(archive.fault() == ArchiveFault::None);
    CHECK(archive.names() == std::vector<std::string>{"b.xml", "folder/a.xml"});
    CHECK(archive.content("folder/a.xml") == "一");
    CHECK(archive.has("b.xml"));
    CHECK_FALSE(archive.content("c.xml"));
    CHECK(archive.fault() == ArchiveFault::None);
}

TEST_CASE("an archive that unpacks to more than its bound gives nothing") {
    const std::string zeros(600'000, '0');
    const std::string bytes = zip_archive({{"a", zeros}, {"b", zeros}});
    CHECK(bytes.size() < 10'000);
    ArchiveReader archive(bytes, kBounds);
    CHECK(archive.content("a"));
    CHECK_FALSE(archive.content("b"));
    CHECK(archive.fault() == ArchiveFault::UnpacksHuge);
}

TEST_CASE("too many entries, names that lead out or clash, and cut archives are faults") {
    std::vector<ArchiveEntry> many;
    for (int i = 0; i < 11; ++i) many.push_back({std::to_string(i), ""});
    CHECK(ArchiveReader(zip_archive(many), kBounds).fault() == ArchiveFault::TooMany);
    CHECK(ArchiveReader(zip_archive({{"../a", ""}}), kBounds).fault() == ArchiveFault::NotWhole);
    CHECK(ArchiveReader(zip_archive({{"a", ""}, {"A", ""}}), kBounds).fault() ==
          ArchiveFault::NotWhole);
    const std::string whole = zip_archive({{"a", "text"}});
    CHECK(ArchiveReader(whole.substr(0, whole.size() - 10), kBounds).fault() ==
          ArchiveFault::NotWhole);
    CHECK(ArchiveReader("PK\x03\x04", kBounds).fault() == ArchiveFault::NotWhole);
}

}  // namespace fazhi::document
