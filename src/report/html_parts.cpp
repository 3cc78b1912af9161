#include <fmt/format.h>

#include "core/describe.hpp"
#include "report/html.hpp"
#include "report/markup.hpp"

namespace roost::html {

std::string code(std::string_view text) { return fmt::format("<code>{}</code>", escaped(text)); }

std::string place(const Place& place) {
    return place.file.empty() ? std::string{}
                              : fmt::format("<code class=\"place\">{}</code>", escaped(to_string(place)));
}

std::string_view class_of(std::string_view mark) {
    return mark == "+" ? "added" : mark == "~" ? "altered" : mark == "-" ? "removed" : "opaque";
}

// A style sheet that lays a table out anew takes its meaning away: the roles give it back.
std::string table(std::string_view caption, const std::vector<std::string_view>& head, std::string_view rows) {
    std::string out = fmt::format(
        "<div class=\"box\"><table role=\"table\">\n<caption>{}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">",
        escaped(caption));
    for (const std::string_view title : head)
        out += fmt::format("<th role=\"columnheader\" scope=\"col\">{}</th>", escaped(title));
    return out + fmt::format("</tr></thead>\n<tbody role=\"rowgroup\">\n{}</tbody></table></div>\n", rows);
}

std::string cell(std::string_view head, std::string_view content, std::string_view style) {
    return fmt::format("<td role=\"cell\" data-head=\"{}\" class=\"{}{}\"><div>{}</div></td>", escaped(head), style,
                       content.empty() ? " none" : "", content);
}

std::string row(std::string_view cells, std::string_view style) {
    return fmt::format("<tr role=\"row\" class=\"{}\">{}</tr>\n", style, cells);
}

}  // namespace roost::html
