#include <algorithm>
#include <charconv>
#include <mutex>

#include "access/errors.h"
#include "access/permission.h"
#include "action/uploads.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/uploads.h"

namespace fazhi::http {
namespace {

// The office of the path, where the actor records or takes steps in some ledger.
Result<action::UploadOwner> owner_of(Call& call) {
    TRY(const action::Office* office, call.office());
    const auto& ledgers = office->definitions->ledgers();
    const bool works =
        std::any_of(ledgers.begin(), ledgers.end(), [&](const definition::Ledger& ledger) {
            return call.may_somewhere(access::Ability::Record, ledger) ||
                   call.may_somewhere(access::Ability::Move, ledger);
        });
    if (!works)
        return refuse(ErrorKind::Forbidden, access::errors::kForbidden,
                      "您在这个单位没有登记或办理的权限，不能上传文件。");
    return action::UploadOwner{.office = office->directory.jurisdiction.id,
                               .of = call.actor.jurisdiction,
                               .person = call.actor.person};
}

Value upload_json(const action::Upload& upload) {
    Value::List parts;
    for (const int n : upload.parts) parts.emplace_back(std::int64_t{n});
    Value out = Value::Map{{"complete", upload.is_complete()},
                           {"digest", upload.digest},
                           {"expires_at", upload.expires_at},
                           {"id", upload.id},
                           {"name", upload.name},
                           {"part_bytes", static_cast<std::int64_t>(action::kUploadPartBytes)},
                           {"parts_wanted", std::int64_t{upload.parts_wanted()}},
                           {"size", upload.size}};
    out.set("parts", std::move(parts));
    return out;
}

}  // namespace

Result<Response> begin_upload(Call& call) {
    TRY(const action::UploadOwner owner, owner_of(call));
    TRY(const Value body, call.body());
    action::NewUpload wanted;
    TRY(wanted.name, text_in(body, "name", true));
    TRY(wanted.digest, text_in(body, "digest", true));
    if (!body.at("size").is_integer()) return refuse(bad_input("“size”应是字节数。", "size"));
    wanted.size = body.integer_at("size");
    TRY(const action::Upload made,
        action::Uploads(call.workplace.data).begin(owner, wanted, call.at));
    return answer_with(upload_json(made), 201);
}

Result<Response> read_upload(Call& call) {
    TRY(const action::UploadOwner owner, owner_of(call));
    TRY(const action::Upload found,
        action::Uploads(call.workplace.data).find(owner, call.parts.at("upload"), call.at));
    return answer_with(upload_json(found));
}

Result<Response> put_upload_part(Call& call) {
    TRY(const action::UploadOwner owner, owner_of(call));
    const std::string& part = call.parts.at("part");
    int n = 0;
    std::from_chars(part.data(), part.data() + part.size(), n);
    TRY(const action::Upload kept,
        action::Uploads(call.workplace.data)
            .put_part(owner, call.parts.at("upload"), n, call.request.body, call.at));
    return answer_with(upload_json(kept));
}

Result<Response> cancel_upload(Call& call) {
    TRY(const action::UploadOwner owner, owner_of(call));
    action::Uploads(call.workplace.data).remove(owner, call.parts.at("upload"));
    return nothing_more();
}

Result<void> take_upload(Call& call, const std::string& upload, ledger::NewEvidence& paper) {
    // One at a time: each is as large as kUploadBytesMax in memory.
    static std::mutex taking;
    const std::lock_guard lock(taking);
    TRY(const action::UploadOwner owner, owner_of(call));
    const action::Uploads uploads(call.workplace.data);
    TRY(const action::Upload found, uploads.find(owner, upload, call.at));
    if (paper.name.empty()) paper.name = found.name;
    TRY(paper.bytes, uploads.bytes(owner, upload, call.at));
    return {};
}

void drop_upload(Call& call, const std::string& upload) {
    const auto owner = owner_of(call);
    if (owner) action::Uploads(call.workplace.data).remove(*owner, upload);
}

}  // namespace fazhi::http
