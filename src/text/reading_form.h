// One character as a reader takes it: a digit is a digit and a radical the character it looks like,
// whatever code a program wrote it with.
//
// Pure; any thread.
#pragma once

namespace fazhi::text {

// Full-width letters, digits and ％ as ASCII; radicals (U+2E80-2FD5, which PDF files hold in place
// of characters: ⺠ for 民, ⼀ for 一) and compatibility ideographs as the unified ideograph; any
// other character as it is. Marks (，：（) keep their width: it is what an author chose.
char32_t reading_form(char32_t);

}  // namespace fazhi::text
