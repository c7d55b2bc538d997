#include "text/mail_address.h"

#include <string>

#include <doctest/doctest.h>

namespace fazhi::text {

TEST_CASE("an address is one a mail server takes, and never two lines") {
    CHECK(is_mail_address("sun@example.gov.cn"));
    CHECK_FALSE(is_mail_address(""));
    CHECK_FALSE(is_mail_address("@example.gov.cn"));
    CHECK_FALSE(is_mail_address("sun@"));
    CHECK_FALSE(is_mail_address("sun@a@b"));
    CHECK_FALSE(is_mail_address("sun@example.gov.cn\r\nBcc: all@example.gov.cn"));
    CHECK_FALSE(is_mail_address("sun <sun@example.gov.cn>"));
    CHECK_FALSE(is_mail_address("孙@example.gov.cn"));
    CHECK_FALSE(is_mail_address(std::string(250, 'a') + "@b.cn"));
}

}  // namespace fazhi::text
