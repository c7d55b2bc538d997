// The SQL of the server's log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::journal {

struct ServerLeaf {
    std::int64_t n = 0;  // from 1
    JurisdictionId jurisdiction;
    std::int64_t size = 0;  // of its journal
    std::string body;
    std::string leaf_hash;  // bytes
};
struct ServerNote {
    std::int64_t size = 0;
    std::string at;
    std::string note;
};

// One who signs at a time, until the transaction ends.
void lock_server_log(storage::Transaction&);
std::vector<ServerLeaf> server_leaves(storage::Connection&);  // in order of n
std::vector<ServerNote> server_notes(storage::Connection&);   // in order of size
void insert_server_leaf(storage::Transaction&, const ServerLeaf&);
void insert_server_note(storage::Transaction&, const ServerNote&);

}  // namespace fazhi::journal
