#include "app/serving.h"

#include "http/server.h"

namespace fazhi::app {

Result<void> serve(action::Workplace& workplace, const std::string& listen) {
    return http::serve(workplace, listen);
}

}  // namespace fazhi::app
