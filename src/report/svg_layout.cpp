#include "report/svg_layout.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "report/svg_layers.hpp"

namespace roost::svg {
namespace {

constexpr int margin = 12;
constexpr int gap = 10;          // between boxes of a layer
constexpr int least_aisle = 96;  // between layers
constexpr int most_aisle = 220;
constexpr int sweeps = 12;

using Index = std::uint32_t;

// A node, or where a line passes through a layer.
struct Stop {
    Index layer = 0;
    int height = 0;
    double middle = 0;         // y
    std::vector<Index> left;   // neighbours one layer to the left
    std::vector<Index> right;  // and to the right
};

class Arranging {
public:
    Arranging(const Drawing& drawing, const std::vector<Size>& sizes) : drawing_(drawing), sizes_(sizes) {
        const auto layer = layers(drawing);
        for (Index node = 0; node < layer.size(); ++node)
            stops_.push_back({.layer = layer[node], .height = sizes[node].height, .left = {}, .right = {}});
        for (const Edge& edge : drawing.edges) route(edge);
        for (const Stop& stop : stops_) layers_.resize(std::max<std::size_t>(layers_.size(), stop.layer + 1));
        alone_.resize(layers_.size());
        for (Index stop = 0; stop < stops_.size(); ++stop) {
            const bool alone = stops_[stop].left.empty() && stops_[stop].right.empty();
            (alone ? alone_ : layers_)[stops_[stop].layer].push_back(stop);
        }
    }

    Layout arranged() {
        order();
        place_down();
        return result();
    }

private:
    // Puts stops between the two ends, so that the line has its own way through each layer.
    void route(const Edge& edge) {
        std::vector<Index>& way = ways_.emplace_back();
        if (stops_[edge.member].layer >= stops_[edge.role].layer) return;
        Index from = edge.member;
        for (Index layer = stops_[from].layer + 1; layer < stops_[edge.role].layer; ++layer) {
            stops_.push_back({.layer = layer, .height = 6, .left = {}, .right = {}});
            const auto stop = static_cast<Index>(stops_.size() - 1);
            connect(from, stop);
            way.push_back(stop);
            from = stop;
        }
        connect(from, edge.role);
    }
    void connect(Index left, Index right) {
        stops_[left].right.push_back(right);
        stops_[right].left.push_back(left);
    }

    // Barycentres, there and back; what has no neighbour on that side keeps its place.
    void order() {
        std::vector<double> rank(stops_.size());
        const auto number = [&](const std::vector<Index>& layer) {
            for (std::size_t i = 0; i < layer.size(); ++i) rank[layer[i]] = static_cast<double>(i);
        };
        const auto sort = [&](std::vector<Index>& layer, std::vector<Index> Stop::*side) {
            std::vector<std::pair<double, Index>> keys;
            for (const Index stop : layer) {
                double sum = 0;
                for (const Index other : stops_[stop].*side) sum += rank[other];
                const auto neighbours = static_cast<double>((stops_[stop].*side).size());
                keys.emplace_back(neighbours == 0 ? rank[stop] : sum / neighbours, stop);
            }
            std::ranges::stable_sort(keys, {}, &std::pair<double, Index>::first);
            for (std::size_t i = 0; i < keys.size(); ++i) layer[i] = keys[i].second;
            number(layer);
        };
        for (const auto& layer : layers_) number(layer);
        for (int sweep = 0; sweep < sweeps; ++sweep) {
            for (auto& layer : layers_) sort(layer, &Stop::left);
            for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) sort(*layer, &Stop::right);
        }
    }

    // As near as can be to the middle of the neighbours, in this order and without overlap: the least squares of it,
    // by pooling those that would overlap.
    void settle(const std::vector<Index>& layer, std::vector<Index> Stop::*side) {
        struct Pool {
            double sum;
            std::size_t size;
            double mean() const { return sum / static_cast<double>(size); }
        };
        std::vector<Pool> pools;
        std::vector<double> offset(layer.size());
        for (std::size_t i = 0; i < layer.size(); ++i) {
            if (i) offset[i] = offset[i - 1] + (stops_[layer[i - 1]].height + stops_[layer[i]].height) / 2.0 + gap;
            pools.push_back({wish(layer[i], side) - offset[i], 1});
            while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
                const Pool last = pools.back();
                pools.pop_back();
                pools.back().sum += last.sum;
                pools.back().size += last.size;
            }
        }
        std::size_t at = 0;
        for (const Pool& pool : pools)
            for (std::size_t i = 0; i < pool.size; ++i, ++at) stops_[layer[at]].middle = pool.mean() + offset[at];
    }
    double wish(Index stop, std::vector<Index> Stop::*side) const {
        const auto& others = stops_[stop].*side;
        if (others.empty()) return stops_[stop].middle;
        double sum = 0;
        for (const Index other : others) sum += stops_[other].middle;
        return sum / static_cast<double>(others.size());
    }

    void place_down() {
        for (const auto& layer : layers_) settle(layer, &Stop::left);
        for (int sweep = 0; sweep < sweeps; ++sweep) {
            for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) settle(*layer, &Stop::right);
            for (const auto& layer : layers_) settle(layer, &Stop::left);
        }
        move_up();
        place_alone();
    }
    void move_up() {
        double top = std::numeric_limits<double>::max();
        for (const auto& layer : layers_)
            if (!layer.empty()) top = std::min(top, stops_[layer.front()].middle - stops_[layer.front()].height / 2.0);
        for (const auto& layer : layers_)
            for (const Index stop : layer) stops_[stop].middle += margin - top;
    }
    // Below the others of their layer.
    void place_alone() {
        for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
            double bottom = margin - gap;
            if (!layers_[layer].empty()) {
                const Stop& last = stops_[layers_[layer].back()];
                bottom = last.middle + last.height / 2.0;
            }
            for (const Index stop : alone_[layer]) {
                stops_[stop].middle = bottom + gap + stops_[stop].height / 2.0;
                bottom += gap + stops_[stop].height;
            }
        }
    }

    // The left edge of each layer, and of one more behind the last.
    std::vector<int> columns() {
        std::vector<Index> crossing(layers_.size(), 0);  // lines to the right of the layer
        widths_.assign(layers_.size(), 0);
        for (Index stop = 0; stop < stops_.size(); ++stop) {
            crossing[stops_[stop].layer] += static_cast<Index>(stops_[stop].right.size());
            if (stop < sizes_.size())
                widths_[stops_[stop].layer] = std::max(widths_[stops_[stop].layer], sizes_[stop].width);
        }
        std::vector<int> left{margin};
        for (std::size_t layer = 0; layer < layers_.size(); ++layer)
            left.push_back(left.back() + widths_[layer] +
                           std::min(most_aisle, least_aisle + 2 * static_cast<int>(crossing[layer])));
        return left;
    }

    Layout result() {
        const std::vector<int> left = columns();
        Layout layout;
        int right = 0;
        int bottom = 0;
        for (Index node = 0; node < sizes_.size(); ++node) {
            const Stop& stop = stops_[node];
            layout.corners.push_back({left[stop.layer], static_cast<int>(stop.middle - stop.height / 2.0)});
            right = std::max(right, layout.corners.back().x + sizes_[node].width);
        }
        for (const Stop& stop : stops_) bottom = std::max(bottom, static_cast<int>(stop.middle + stop.height / 2.0));
        for (std::size_t i = 0; i < ways_.size(); ++i) layout.lines.push_back(line(drawing_.edges[i], ways_[i], left));
        layout.size = {right + margin, bottom + margin};
        return layout;
    }

    std::vector<Point> line(const Edge& edge, const std::vector<Index>& way, const std::vector<int>& left) const {
        const auto y = [&](Index stop) { return static_cast<int>(stops_[stop].middle); };
        const Index layer = stops_[edge.member].layer;
        std::vector<Point> points{{left[layer] + sizes_[edge.member].width, y(edge.member)},
                                  {left[layer] + widths_[layer], y(edge.member)}};
        for (const Index stop : way) {
            points.push_back({left[stops_[stop].layer], y(stop)});
            points.push_back({left[stops_[stop].layer] + widths_[stops_[stop].layer], y(stop)});
        }
        points.push_back({left[stops_[edge.role].layer], y(edge.role)});
        return points;
    }

    const Drawing& drawing_;
    const std::vector<Size>& sizes_;
    std::vector<Stop> stops_;                 // nodes first
    std::vector<std::vector<Index>> ways_;    // by edge: the stops between its ends
    std::vector<std::vector<Index>> layers_;  // from top to bottom
    std::vector<std::vector<Index>> alone_;   // by layer: who has no neighbours at all
    std::vector<int> widths_;                 // by layer
};

}  // namespace

Layout layout(const Drawing& drawing, const std::vector<Size>& sizes) { return Arranging(drawing, sizes).arranged(); }

}  // namespace roost::svg
