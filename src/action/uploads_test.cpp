#include "action/uploads.h"

#include <fstream>

#include <doctest/doctest.h>

#include "action/errors.h"
#include "base/digest.h"
#include "storage/testing/scratch.h"

namespace fazhi::action {
namespace {

const UploadOwner kOwner{JurisdictionId{2}, JurisdictionId{2}, PersonId{7}};

calendar::Instant at(const char* text) {
    return calendar::parse_instant(text).value();
}
const calendar::Instant kNow = at("2024-05-06T01:00:00Z");

std::string sha256(const std::string& bytes) {
    return digest_of(HashAlgorithm::Sha256, bytes).hex();
}

NewUpload upload_of(const std::string& bytes) {
    return {"现场.mp4", static_cast<std::int64_t>(bytes.size()), sha256(bytes)};
}

}  // namespace

TEST_CASE("a file of two parts is whole again, whatever their order and however often they come") {
    const storage::testing::Scratch scratch;
    Uploads uploads(scratch.folder());
    const std::string bytes = std::string(kUploadPartBytes, 'a') + "the rest";
    const auto begun = uploads.begin(kOwner, upload_of(bytes), kNow);
    REQUIRE(begun);
    CHECK(begun->parts_wanted() == 2);
    CHECK(uploads.put_part(kOwner, begun->id, 2, "not rest", kNow));
    const auto early = uploads.bytes(kOwner, begun->id, kNow);
    REQUIRE_FALSE(early);
    CHECK(early.error().code == errors::kUploadIncomplete);
    // Another process, after a restart, goes on from what came.
    Uploads again(scratch.folder());
    CHECK(again.find(kOwner, begun->id, kNow)->parts == std::vector<int>{2});
    CHECK(again.put_part(kOwner, begun->id, 1, bytes.substr(0, kUploadPartBytes), kNow));
    CHECK(again.bytes(kOwner, begun->id, kNow).error().code == errors::kBadUpload);  // its digest
    const auto done = again.put_part(kOwner, begun->id, 2, "the rest", kNow);
    REQUIRE(done);
    CHECK(done->is_complete());
    CHECK(again.bytes(kOwner, begun->id, kNow).value() == bytes);
    again.remove(kOwner, begun->id);
    CHECK(again.find(kOwner, begun->id, kNow).error().code == errors::kNoSuchUpload);
}

TEST_CASE("an upload is there for whoever began it alone, and for a day") {
    const storage::testing::Scratch scratch;
    Uploads uploads(scratch.folder());
    const auto begun = uploads.begin(kOwner, upload_of("abc"), kNow);
    REQUIRE(begun);
    UploadOwner other = kOwner;
    other.person = PersonId{8};
    UploadOwner elsewhere = kOwner;
    elsewhere.office = JurisdictionId{3};
    for (const UploadOwner& owner : {other, elsewhere}) {
        CHECK(uploads.find(owner, begun->id, kNow).error().code == errors::kNoSuchUpload);
        CHECK(uploads.put_part(owner, begun->id, 1, "abc", kNow).error().code ==
              errors::kNoSuchUpload);
        uploads.remove(owner, begun->id);
    }
    CHECK(uploads.find(kOwner, begun->id, at("2024-05-07T00:59:59Z")));
    CHECK(uploads.forget(at("2024-05-07T00:59:59Z")) == 0);
    CHECK_FALSE(uploads.find(kOwner, begun->id, at("2024-05-07T01:00:00Z")));
    CHECK(uploads.forget(at("2024-05-07T01:00:00Z")) == 1);
    CHECK(uploads.forget(at("2024-05-07T01:00:00Z")) == 0);
}

TEST_CASE("what is too large, too many, of another size or nowhere in the file is refused") {
    const storage::testing::Scratch scratch;
    Uploads uploads(scratch.folder());
    const std::string digest = sha256("abc");
    struct Case {
        NewUpload wanted;
        const char* where;
    };
    const Case cases[] = {
        {{"", 3, digest}, "name"},
        {{"a.mp4", 0, digest}, "size"},
        {{"a.mp4", -1, digest}, "size"},
        {{"a.mp4", static_cast<std::int64_t>(kUploadBytesMax) + 1, digest}, "size"},
        {{"a.mp4", 3, "abc"}, "digest"},
        {{"a.mp4", 3, std::string(63, 'a') + "/"}, "digest"}};
    for (const Case& each : cases) {
        const auto begun = uploads.begin(kOwner, each.wanted, kNow);
        REQUIRE_FALSE(begun);
        CHECK(begun.error().code == errors::kBadUpload);
        CHECK(begun.error().where == each.where);
    }
    const auto begun = uploads.begin(kOwner, upload_of("abc"), kNow);
    REQUIRE(begun);
    for (const auto& [n, bytes] : {std::pair(0, "abc"), {2, "abc"}, {1, "ab"}, {1, "abcd"}})
        CHECK(uploads.put_part(kOwner, begun->id, n, bytes, kNow).error().code ==
              errors::kBadUpload);
    for (const std::string& id : {std::string("../../etc"), std::string(), std::string(32, '0')})
        CHECK(uploads.find(kOwner, id, kNow).error().code == errors::kNoSuchUpload);
    for (std::size_t i = 1; i < kUploadsOpenMax; ++i)
        CHECK(uploads.begin(kOwner, upload_of("abc"), kNow));
    CHECK(uploads.begin(kOwner, upload_of("abc"), kNow).error().code == errors::kBadUpload);
    UploadOwner other = kOwner;
    other.person = PersonId{8};
    CHECK(uploads.begin(other, upload_of("abc"), kNow));  // Each person's own.
    CHECK(uploads.begin(kOwner, upload_of("abc"), at("2024-05-07T01:00:00Z")));  // They are old.
}

}  // namespace fazhi::action
