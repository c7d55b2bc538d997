// What is worked out of an immutable value once and kept with it, for whoever asks next. A copy of
// the value begins without it.
//
// Any thread: where two ask first at once both work it out, and one result is kept.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "base/invariant.h"

namespace fazhi {

class Kept {
public:
    Kept() = default;
    ~Kept() { delete kept_.load(); }
    Kept(const Kept& /*of another value*/) noexcept {}
    Kept& operator=(const Kept& other) noexcept {
        if (this != &other) delete kept_.exchange(nullptr);
        return *this;
    }

    // What `make` makes, for as long as the value lives. INVARIANT: one value, one T.
    template <class T, class Make>
    const T& get(const Make& make) const {
        const Holder* kept = kept_.load(std::memory_order_acquire);
        if (kept == nullptr) {
            auto made = std::make_unique<HolderOf<T>>(make());
            if (kept_.compare_exchange_strong(kept, made.get(), std::memory_order_acq_rel))
                kept = made.release();
        }
        const auto* held = dynamic_cast<const HolderOf<T>*>(kept);
        INVARIANT(held != nullptr);
        return held->value;
    }

private:
    struct Holder {
        Holder() = default;
        virtual ~Holder() = default;
        Holder(const Holder&) = delete;
        Holder& operator=(const Holder&) = delete;
    };
    template <class T>
    struct HolderOf final : Holder {
        explicit HolderOf(T made) : value(std::move(made)) {}
        const T value;
    };

    mutable std::atomic<const Holder*> kept_ = nullptr;
};

}  // namespace fazhi
