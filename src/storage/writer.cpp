#include "storage/writer.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "base/invariant.h"
#include "storage/database.h"
#include "storage/errors.h"
#include "storage/failure.h"
#include "storage/transaction.h"

namespace fazhi::storage {
namespace {

using Answer = Result<void>;

struct Job {
    JurisdictionId jurisdiction;
    Command command;
    std::promise<Answer> promise;
    Answer answer;
    std::exception_ptr accident;
};

Answer busy() {
    return refuse(ErrorKind::Unavailable, errors::kBusy, "等待保存的操作太多，请稍后再试。");
}

// A job of no jurisdiction is the program's own, for all.
Sight sight_of(const Job& job) {
    return job.jurisdiction == JurisdictionId{} ? Sight::all() : Sight::only(job.jurisdiction);
}

// What a command reads, no other process changes before it commits. SQLite: BEGIN IMMEDIATE has
// done it. In the order of the ids, so that no two wait for each other.
void take_turn(Transaction& transaction, const std::vector<Job>& group) {
    constexpr std::int64_t kLock = 711'640'228;
    if (transaction.connection().dialect() != Dialect::Postgresql) return;
    std::set<JurisdictionId> waiting_for;
    for (const Job& job : group) waiting_for.insert(job.jurisdiction);
    for (const JurisdictionId jurisdiction : waiting_for) {
        transaction.connection().execute("SELECT pg_advisory_xact_lock($1::int, $2::int)",
                                         {kLock, jurisdiction.value});
    }
}

void run_alone(Transaction& transaction, Job& job) {
    try {
        transaction.connection().see(sight_of(job));
        job.answer = transaction.attempt([&] { return job.command(transaction); });
    } catch (...) {  // Whoever waits for this command gets it; the others go on.
        job.accident = std::current_exception();
        if (!transaction.is_open()) throw;
    }
}

void commit(Transaction& transaction) {
    transaction.connection().see(Sight::all());  // What was held back is of all of them.
    transaction.commit();
}

void strike(std::vector<Job>& group) {
    for (Job& job : group) job.accident = std::current_exception();
}

// Each in a savepoint.
void run_apart(Database& database, std::vector<Job>& group) {
    try {
        const auto connection = database.writing();
        Transaction transaction(*connection);
        take_turn(transaction, group);
        for (Job& job : group) run_alone(transaction, job);
        commit(transaction);
    } catch (...) {  // Nothing of the group stands.
        strike(group);
    }
}

bool is_of_the_database(const Failure& failure) {
    return failure.kind() == FailureKind::ConnectionLost || failure.kind() == FailureKind::Locked;
}

// All but the commit, without savepoints. False: one of several was refused after it had changed
// something, or failed, and nobody is answered.
bool run_unguarded(Transaction& transaction, std::vector<Job>& group) {
    try {
        take_turn(transaction, group);
        for (Job& job : group) {
            transaction.connection().see(sight_of(job));
            job.answer = transaction.attempt_unguarded([&] { return job.command(transaction); });
            if (!transaction.is_open()) return group.size() == 1;
        }
        transaction.connection().settle();  // What fails here is a command's.
        return true;
    } catch (const Failure& failure) {
        if (group.size() == 1 || is_of_the_database(failure)) throw;
    } catch (...) {
        if (group.size() == 1) throw;
    }
    return false;
}

// Savepoints are dear and what they are for is rare: at first without.
void run_group(Database& database, std::vector<Job>& group) {
    try {
        const auto connection = database.writing();
        Transaction transaction(*connection);
        if (run_unguarded(transaction, group)) {
            if (transaction.is_open()) commit(transaction);
            return;
        }
    } catch (...) {  // Nothing of the group stands.
        strike(group);
        return;
    }
    run_apart(database, group);
}

void answer(std::vector<Job>& group) {
    for (Job& job : group) {
        job.command = nullptr;  // What it holds may belong to whoever waits for the answer.
        if (job.accident) {
            job.promise.set_exception(job.accident);
        } else {
            job.promise.set_value(std::move(job.answer));
        }
    }
}

}  // namespace

// One thread and its queue.
class Writer::Lane {
public:
    explicit Lane(Database& database) : database_(database), thread_([this] { work(); }) {}

    ~Lane() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        news_.notify_one();
        thread_.join();
    }

    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    // Takes all of them, next to each other, or refuses each.
    std::vector<std::future<Answer>> accept(JurisdictionId jurisdiction,
                                            std::vector<Command> commands) {
        INVARIANT(std::this_thread::get_id() != thread_.get_id());  // It would wait for itself.
        std::vector<Job> jobs;
        std::vector<std::future<Answer>> answers;
        for (Command& command : commands) {
            jobs.push_back({jurisdiction, std::move(command), {}, {}, {}});
            answers.push_back(jobs.back().promise.get_future());
        }
        if (!enqueue(jobs)) {
            for (Job& job : jobs) job.promise.set_value(busy());
        }
        return answers;
    }

private:
    bool enqueue(std::vector<Job>& jobs) {
        {
            const std::lock_guard lock(mutex_);
            INVARIANT(!ending_);
            if (queue_.size() + jobs.size() > kQueueMax) return false;
            std::move(jobs.begin(), jobs.end(), std::back_inserter(queue_));
        }
        news_.notify_one();
        return true;
    }

    // Empty when there is nothing left and there will be nothing more.
    std::vector<Job> next_group() {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [&] { return ending_ || !queue_.empty(); });
        std::vector<Job> group;
        while (!queue_.empty() && group.size() < kGroupMax) {
            group.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
        return group;
    }

    void work() {
        for (auto group = next_group(); !group.empty(); group = next_group()) {
            run_group(database_, group);
            answer(group);
        }
    }

    Database& database_;
    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<Job> queue_;
    bool ending_ = false;
    std::thread thread_;  // Last: it uses all of the above.
};

Writer::Writer(Database& database) {
    const std::size_t count = database.dialect() == Dialect::Sqlite ? 1 : kLanes;
    for (std::size_t i = 0; i < count; ++i) lanes_.push_back(std::make_unique<Lane>(database));
}

Writer::~Writer() = default;

Writer::Lane& Writer::lane_of(JurisdictionId jurisdiction) {
    const auto number = static_cast<std::uint64_t>(jurisdiction.value);
    return *lanes_[number % lanes_.size()];
}

std::future<Answer> Writer::submit(JurisdictionId jurisdiction, Command command) {
    std::vector<Command> one;
    one.push_back(std::move(command));
    return std::move(lane_of(jurisdiction).accept(jurisdiction, std::move(one)).front());
}

Answer Writer::run(JurisdictionId jurisdiction, Command command) {
    return submit(jurisdiction, std::move(command)).get();
}

std::vector<Answer> Writer::run_all(JurisdictionId jurisdiction, std::vector<Command> commands) {
    std::vector<Answer> answers;
    for (std::size_t first = 0; first < commands.size(); first += kGroupMax) {
        const auto last = std::min(first + kGroupMax, commands.size());
        std::vector<Command> slice(
            std::make_move_iterator(commands.begin() + static_cast<std::ptrdiff_t>(first)),
            std::make_move_iterator(commands.begin() + static_cast<std::ptrdiff_t>(last)));
        auto promised = lane_of(jurisdiction).accept(jurisdiction, std::move(slice));
        for (auto& answer_to_come : promised) answer_to_come.wait();
        for (auto& durable : promised) answers.push_back(durable.get());
    }
    return answers;
}

}  // namespace fazhi::storage
