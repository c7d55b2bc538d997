// What a pack says, once it has been read and checked.
#pragma once

#include "definition/duty_model.h"
#include "definition/form_model.h"
#include "definition/ledger_model.h"
#include "definition/office_model.h"
#include "definition/report_model.h"
#include "definition/review_model.h"
