#include "definition/schema.h"
namespace fazhi::definition {
void check_schema(const Document&, Findings&) {}
void drop_repeated(std::vector<Problem>&) {}
}
