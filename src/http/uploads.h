// Files that came in parts (action/uploads.h), for the routes that take a file.
#pragma once

#include <string>

#include "http/call.h"
#include "ledger/ledgers.h"

namespace fazhi::http {

// Its bytes, and its name where `paper` has none. Refuses what action::Uploads::bytes does.
Result<void> take_upload(Call&, const std::string& upload, ledger::NewEvidence& paper);
// It was taken.
void drop_upload(Call&, const std::string& upload);

}  // namespace fazhi::http
