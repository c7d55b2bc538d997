#include "courier/transfer.h"

#include <array>
#include <memory>

#include <curl/curl.h>
#include <fmt/format.h>

#include "base/invariant.h"
#include "courier/errors.h"

namespace fazhi::courier {
namespace {

constexpr long kConnectSecondsMax = 10;

struct CurlDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};

// Lines of text that libcurl keeps.
class Lines {
public:
    void add(const std::string& line) {
        curl_slist* longer = curl_slist_append(lines_.get(), line.c_str());
        INVARIANT(longer != nullptr);
        static_cast<void>(lines_.release());
        lines_.reset(longer);
    }
    [[nodiscard]] curl_slist* get() const { return lines_.get(); }

private:
    std::unique_ptr<curl_slist, CurlDeleter> lines_;
};

// Answers are not kept.
std::size_t drop(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

struct Kept {
    std::string bytes;
    std::size_t bytes_max = 0;
};
std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* kept) {
    Kept& into = *static_cast<Kept*>(kept);
    if (size * count > into.bytes_max - into.bytes.size()) return 0;  // Ends the transfer.
    into.bytes.append(bytes, size * count);
    return size * count;
}

class Performing {
public:
    // `kept`: what is answered; null: nothing is kept of it.
    explicit Performing(const Transfer& transfer, Kept* kept = nullptr) : transfer_(transfer) {
        static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
        INVARIANT(kReady == CURLE_OK);
        handle_.reset(curl_easy_init());
        INVARIANT(handle_ != nullptr);
        set(CURLOPT_URL, transfer.url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps,http,https");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PROXY, "");
        set(CURLOPT_CONNECTTIMEOUT, kConnectSecondsMax);
        set(CURLOPT_TIMEOUT, transfer.seconds_max);
        set(CURLOPT_WRITEFUNCTION, kept == nullptr ? drop : keep);
        set(CURLOPT_WRITEDATA, kept);
        for (const std::string& head : transfer.heads) heads_.add(head);
        set(CURLOPT_HTTPHEADER, heads_.get());
        if (transfer.mail) {
            prepare(*transfer.mail);
        } else if (kept == nullptr || !transfer.body.empty()) {
            set(CURLOPT_POST, 1L);
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(transfer.body.size()));
            set(CURLOPT_POSTFIELDS, transfer.body.data());
        }
    }

    Result<long> run() {
        std::array<char, CURL_ERROR_SIZE> said{};
        set(CURLOPT_ERRORBUFFER, said.data());
        const CURLcode outcome = curl_easy_perform(handle_.get());
        set(CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));
        long code = 0;
        curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &code);
        if (outcome == CURLE_OK) return code;
        const std::string why =
            said[0] != '\0' ? std::string(said.data()) : std::string(curl_easy_strerror(outcome));
        constexpr long kForGood = 500;  // SMTP: permanent
        const bool rejected = transfer_.mail && code >= kForGood &&
                              (outcome == CURLE_SEND_ERROR || outcome == CURLE_WEIRD_SERVER_REPLY ||
                               outcome == CURLE_RECV_ERROR);
        return refuse(rejected ? ErrorKind::RefusedByRule : ErrorKind::Unavailable,
                      rejected ? errors::kRejected : errors::kNotSent,
                      fmt::format("没有发出：{}（{}）。", why, code));
    }

private:
    template <class Given>
    void set(CURLoption option, Given given) {
        const CURLcode done = curl_easy_setopt(handle_.get(), option, given);
        INVARIANT(done == CURLE_OK);
    }

    void prepare(const Envelope& mail) {
        set(CURLOPT_USE_SSL, static_cast<long>(mail.encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
        if (!mail.user.empty()) {
            set(CURLOPT_USERNAME, mail.user.c_str());
            set(CURLOPT_PASSWORD, mail.password.c_str());
        }
        recipients_.add(fmt::format("<{}>", mail.to));
        set(CURLOPT_MAIL_FROM, fmt::format("<{}>", mail.from).c_str());
        set(CURLOPT_MAIL_RCPT, recipients_.get());
        mime_.reset(curl_mime_init(handle_.get()));
        for (const MailPart& each : mail.parts) {
            curl_mimepart* part = curl_mime_addpart(mime_.get());
            curl_mime_data(part, each.bytes.data(), each.bytes.size());
            curl_mime_type(part, each.type.c_str());
            if (!each.filename.empty()) curl_mime_filename(part, each.filename.c_str());
            curl_mime_encoder(part, "base64");
        }
        set(CURLOPT_MIMEPOST, mime_.get());
    }

    const Transfer& transfer_;
    std::unique_ptr<CURL, CurlDeleter> handle_;
    std::unique_ptr<curl_mime, CurlDeleter> mime_;
    Lines heads_, recipients_;
};

}  // namespace

Result<long> perform(const Transfer& transfer) {
    return Performing(transfer).run();
}

Result<Answer> ask(const Transfer& transfer, std::size_t bytes_max) {
    Kept kept{{}, bytes_max};
    TRY(const long code, Performing(transfer, &kept).run());
    return Answer{code, std::move(kept.bytes)};
}

}  // namespace fazhi::courier
