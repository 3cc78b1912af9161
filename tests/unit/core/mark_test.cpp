#include "core/mark.hpp"

#include <doctest/doctest.h>

namespace mark_test {

using namespace roost;

TEST_CASE("a mark reads back as it was written, whatever its parts hold") {
    for (const Mark& mark :
         {Mark{"payroll", "staging", "payroll_db"}, Mark{"a/b", "50%", "line\nend\r"}, Mark{"%2F", "", "größe"}}) {
        CAPTURE(to_string(mark));
        CHECK(mark_in(to_string(mark)) == mark);
        CHECK(to_string(mark).find('\n') == std::string::npos);
    }
    CHECK(to_string(Mark{"payroll", "staging", "payroll_db"}) == "roost: payroll/staging/payroll_db");
    CHECK(to_string(Mark{"a/b", "50%", "c"}) == "roost: a%2Fb/50%25/c");
}

TEST_CASE("the mark is the first line of its form") {
    const Mark mark{"p", "e", "d"};
    CHECK(mark_in("the HR department\nroost: p/e/d\nroost: other/e/d") == mark);
    CHECK(mark_in("roost: p/e/d\r\nmore") == mark);
    CHECK_FALSE(mark_in(""));
    CHECK_FALSE(mark_in("the HR department"));
    CHECK_FALSE(mark_in("see roost: p/e/d"));
    CHECK_FALSE(mark_in("roost: p/e"));
    CHECK_FALSE(mark_in("roost: p/e/d/f"));
    CHECK_FALSE(mark_in("roost: p/%zz/d"));
    CHECK_FALSE(mark_in("roost: p/e/d%2"));
    CHECK_FALSE(mark_in("roost:p/e/d"));
}

TEST_CASE("marking keeps what stood in the comment") {
    const Mark mark{"p", "e", "d"};
    CHECK(marked("", mark) == "roost: p/e/d");
    CHECK(marked("the HR department", mark) == "the HR department\nroost: p/e/d");
    CHECK(marked("two\nlines\n", mark) == "two\nlines\nroost: p/e/d");
}

TEST_CASE("marking again changes nothing, and another mark gives way") {
    const Mark mark{"p", "e", "d"};
    CHECK(marked(marked("text", mark), mark) == marked("text", mark));
    CHECK(mark_in(marked("roost: other/prod/d\ntext", mark)) == mark);
}

}  // namespace mark_test
