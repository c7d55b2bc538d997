#include <cstdio>

#include <doctest/doctest.h>

#include "document/pdf_writer.h"
#include "document/testing/sample_document.h"
using namespace fazhi::document;
#include "document/docx_writer.h"
TEST_CASE("scratch docx") {
    auto p = write_docx(testing::sample_report());
    FILE* f = fopen("/tmp/doc-out/sample.docx", "wb");
    fwrite(p.data(), 1, p.size(), f);
    fclose(f);
}
TEST_CASE("scratch") {
    auto p = write_pdf(testing::sample_report(), {});
    FILE* f = fopen("/tmp/doc-out/sample.pdf", "wb");
    fwrite(p.data(), 1, p.size(), f);
    fclose(f);
}
