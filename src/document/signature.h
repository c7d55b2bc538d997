// Where signature (署名) and date stand. Basis: GB/T 9704-2012 §7.3.5.
//
// Pure; any thread.
#pragma once

namespace fazhi::document {

// Starts of the two lines, in characters from the left edge of a line of 28; never below 0.
struct SignaturePlace {
    double organisation = 0;
    double date = 0;
};

// Without a seal: the organisation ends two characters before the edge, the date starts two
// characters after it does; a date that would then come nearer the edge than two characters pushes
// both left. With a seal: the date ends four characters before the edge, the organisation is
// centred over it. Lengths in characters.
SignaturePlace signature_place(double organisation_length, double date_length, bool sealed);

}  // namespace fazhi::document
