// Reports that go into files, their format told by the file's name.
#pragma once

#include <string>
#include <string_view>

#include "report/report.hpp"

namespace roost {

// An error, kind usage, for a name whose ending says no format.
Result<void> check_report_name(const std::string& file);
// An error, kind usage, where the file cannot be put: asked before anything is done that a report would tell of.
Result<void> check_report_folder(const std::string& file);

// Writes the report beside `file` first, then puts it in its place: a reader never sees half of one.
Result<void> write_report(const Report& report, const std::string& file);

}  // namespace roost
