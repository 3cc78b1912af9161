#include "report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/describe.hpp"
#include "report/markup.hpp"
#include "report/svg_layout.hpp"
#include "report/width.hpp"
#include "report/words.hpp"

namespace roost::svg {
namespace {

using Was = Picture::Was;

constexpr double letter = 7.25;        // width of a letter of 12 pixels
constexpr double small_letter = 6.65;  // and of 11
constexpr std::size_t longest = 26;    // columns of a name
constexpr std::size_t longest_in_box = 20;
constexpr int row = 17;

std::string_view word(Was was) {
    constexpr std::string_view words[] = {"kept", "added", "removed", "altered"};
    return words[static_cast<std::size_t>(was)];
}
std::string_view sign(Was was) {
    constexpr std::string_view signs[] = {"", "+", "−", "~"};
    return signs[static_cast<std::size_t>(was)];
}

// How many columns the names of a box stand in.
std::size_t columns_for(std::size_t names) {
    return names <= 4 ? 1 : names <= 12 ? 2 : names <= 60 ? 3 : names <= 240 ? 4 : 6;
}

std::string users_in_words(const Node& node) { return counted(node.number, "user"); }

// What stands in the first line.
std::string label(const Node& node) {
    const std::string text = node.names.size() == 1 ? cut(shown(node.names.front()), longest) : users_in_words(node);
    return node.was == Was::kept ? text : fmt::format("{} {}", sign(node.was), text);
}

int pixels(std::string_view text, double width) {
    return static_cast<int>(static_cast<double>(display_width(text)) * width);
}

struct Box {
    Size size;
    std::size_t columns = 1;
    int column = 0;  // width of one, in pixels
};

Box box_of(const Node& node) {
    Box box{.size = {std::max(56, pixels(label(node), letter) + 24), 28}};
    if (!node.toggle.empty()) {
        const int toggle = pixels("toggle " + cut(shown(node.toggle), longest), small_letter) + 24;
        box.size = {std::max(box.size.width, toggle), 42};
    }
    if (node.names.size() < 2) return box;
    for (const std::string& name : node.names)
        box.column = std::max(box.column, pixels(cut(shown(name), longest_in_box), small_letter) + 14);
    box.columns = columns_for(node.names.size());
    const auto rows = (node.names.size() + box.columns - 1) / box.columns;
    box.size.width = std::max(box.size.width, static_cast<int>(box.columns) * box.column + 14);
    box.size.height = 30 + static_cast<int>(rows) * row;
    return box;
}

std::string title_of(const Node& node) {
    std::string text;
    if (node.names.size() == 1)
        text = fmt::format("{} {}", node.kind == PrincipalKind::user ? "user" : "role", shown(node.names.front()));
    else
        text = users_in_words(node) + (node.several_roles ? ", counted at each role that they are in" : "");
    if (node.managed) text += ", managed";
    if (!node.toggle.empty()) text += fmt::format(", toggle {}", shown(node.toggle));
    return node.was == Was::kept ? text : fmt::format("{}: {}", text, word(node.was));
}

std::string text_at(std::string_view style, int x, int y, std::string_view text) {
    return fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", style, x, y, escaped(text));
}

// The names of several users, down one column after the other.
std::string names_in(const Node& node, const Box& box, Point corner) {
    const auto rows = (node.names.size() + box.columns - 1) / box.columns;
    std::string out;
    for (std::size_t i = 0; i < node.names.size(); ++i) {
        const int x = corner.x + 12 + static_cast<int>(i / rows) * box.column;
        const int y = corner.y + 36 + static_cast<int>(i % rows) * row;
        const std::string name = shown(node.names[i]);
        out += fmt::format("<text class=\"small\" x=\"{}\" y=\"{}\">{}<title>{}</title></text>\n", x, y,
                           escaped(cut(name, longest_in_box)), escaped(name));
    }
    return out;
}

std::string node_at(const Node& node, const Box& box, Point corner) {
    const bool user = node.kind == PrincipalKind::user;
    const std::string_view kind = user ? "user" : node.managed ? "role managed" : "role";
    std::string out = fmt::format(
        "<g class=\"node {} {}\"><title>{}</title>\n<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>\n",
        kind, word(node.was), escaped(title_of(node)), corner.x, corner.y, box.size.width, box.size.height,
        user ? 14 : 5);
    out += text_at("name", corner.x + 12, corner.y + 18, label(node));
    if (!node.toggle.empty())
        out += text_at("small", corner.x + 12, corner.y + 34, "toggle " + cut(shown(node.toggle), longest));
    if (node.names.size() > 1) out += names_in(node, box, corner);
    return out + "</g>\n";
}

// How far the curve between two points goes straight on.
int bend(Point from, Point to) { return std::max(36, (to.x - from.x) / 2); }

std::string path_of(const std::vector<Point>& points) {
    std::string path = fmt::format("M{} {}", points.front().x, points.front().y);
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point from = points[i - 1];
        const Point to = points[i];
        if (i % 2 == 1) {
            path += fmt::format("H{}", to.x);
            continue;
        }
        const int b = bend(from, to);
        path += fmt::format("C{} {} {} {} {} {}", from.x + b, from.y, to.x - b, to.y, to.x, to.y);
    }
    return path;
}

std::string names_of(const Node& node) {
    return node.names.size() == 1 ? shown(node.names.front()) : users_in_words(node);
}

// Where the signs of edges stand: in the middle of the first curve, or beside it where another is there already.
class Signs {
public:
    Point place(Point from, Point to) {
        for (const double part : {0.5, 0.36, 0.64, 0.24, 0.76})
            if (const Point at = on_curve(from, to, part); is_free(at)) return take(at);
        return take(on_curve(from, to, 0.5));
    }

private:
    static Point on_curve(Point from, Point to, double t) {
        const int b = bend(from, to);
        const auto bezier = [t](double p0, double p1, double p2, double p3) {
            const double u = 1 - t;
            return static_cast<int>(u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3);
        };
        return {bezier(from.x, from.x + b, to.x - b, to.x), bezier(from.y, from.y, to.y, to.y)};
    }
    bool is_free(Point at) const {
        return std::ranges::none_of(taken_, [at](Point other) {
            const int x = at.x - other.x;
            const int y = at.y - other.y;
            return x * x + y * y < 17 * 17;
        });
    }
    Point take(Point at) {
        taken_.push_back(at);
        return at;
    }
    std::vector<Point> taken_;
};

std::string edge_at(const Drawing& drawing, const Edge& edge, const std::vector<Point>& points, Signs& signs) {
    std::string title =
        fmt::format("{} in {}", names_of(drawing.nodes[edge.member]), names_of(drawing.nodes[edge.role]));
    if (edge.was != Was::kept) title += fmt::format(": {}", word(edge.was));
    if (!edge.effective) title += ", not effective until SET ROLE";
    const std::string_view kind = word(edge.was);
    std::string out = fmt::format("<g class=\"edge {}{}\"><title>{}</title><path d=\"{}\" marker-end=\"url(#to-{})\"/>",
                                  kind, edge.effective ? "" : " weak", escaped(title), path_of(points), kind);
    if (edge.was != Was::kept) {
        const Point at = signs.place(points[1], points[2]);
        out += fmt::format("<circle cx=\"{0}\" cy=\"{1}\" r=\"7\"/><text x=\"{0}\" y=\"{2}\">{3}</text>", at.x, at.y,
                           at.y + 4, sign(edge.was));
    }
    return out + "</g>\n";
}

std::string arrows() {
    std::string out = "<defs>\n";
    for (const Was was : {Was::kept, Was::added, Was::removed, Was::altered})
        out += fmt::format(
            "<marker id=\"to-{0}\" class=\"tip {0}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" "
            "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker>\n",
            word(was));
    return out + "</defs>\n";
}

std::string in_words(const Picture& picture) {
    const auto users =
        static_cast<std::size_t>(std::ranges::count(picture.nodes, PrincipalKind::user, &Picture::Node::kind));
    std::string text = fmt::format("{}, {}, {}", counted(picture.nodes.size() - users, "role"), counted(users, "user"),
                                   counted(picture.edges.size(), "membership"));
    for (const Was was : {Was::added, Was::altered, Was::removed}) {
        const auto number = std::ranges::count(picture.edges, was, &Picture::Edge::was);
        if (number) text += fmt::format("; {} {}", number, word(was));
    }
    return text;
}

}  // namespace

Graph graph(const Picture& picture) {
    const Drawing drawn = drawing(picture);
    if (drawn.nodes.empty()) return {.svg = {}, .left_out = drawn.left_out};
    std::vector<Box> boxes;
    std::vector<Size> sizes;
    for (const Node& node : drawn.nodes) {
        boxes.push_back(box_of(node));
        sizes.push_back(boxes.back().size);
    }
    const Layout places = layout(drawn, sizes);
    std::string out = fmt::format(
        "<svg class=\"graph\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"graph-title "
        "graph-about\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n"
        "<title id=\"graph-title\">The role graph</title>\n<desc id=\"graph-about\">{2}</desc>\n",
        places.size.width, places.size.height, in_words(picture));
    out += arrows();
    // What changes is drawn last, over the rest.
    Signs signs;
    for (const bool changes : {false, true})
        for (std::size_t i = 0; i < drawn.edges.size(); ++i)
            if ((drawn.edges[i].was != Was::kept) == changes)
                out += edge_at(drawn, drawn.edges[i], places.lines[i], signs);
    for (std::size_t i = 0; i < drawn.nodes.size(); ++i) out += node_at(drawn.nodes[i], boxes[i], places.corners[i]);
    return {.svg = out + "</svg>\n", .left_out = drawn.left_out};
}

}  // namespace roost::svg
