// A file descriptor of the system, closed at the end of whoever holds it.
#pragma once

namespace fazhi {

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}  // -1: none
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const { return number_; }
    // Before the end; again: nothing.
    void close();

private:
    int number_;
};

}  // namespace fazhi
