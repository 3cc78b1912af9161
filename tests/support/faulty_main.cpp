// roost as it is, but killed at a chosen statement: ROOST_FAULT=after:N kills it with SIGKILL after its Nth call to the
// database, over all connections, after:0 before the first; count:FILE writes how many calls there were.
// ROOST_CLEAR_TEXT: the server says that it is not on this machine.
#include <fmt/format.h>
#include <signal.h>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <string>

#include "cli/run.hpp"
#include "db/forwarding.hpp"

using namespace roost;

namespace {

class Fault {
public:
    explicit Fault(std::string_view text) {
        const auto colon = text.find(':');
        kind_ = text.substr(0, colon);
        const std::string_view rest = colon == std::string_view::npos ? "" : text.substr(colon + 1);
        if (kind_ == "count")
            file_ = rest;
        else
            std::from_chars(rest.data(), rest.data() + rest.size(), at_);
    }
    ~Fault() {
        if (!file_.empty()) std::ofstream(file_) << calls_ << '\n';
    }
    template <class Call>
    auto around(Call call) {
        die_in_turn();
        auto result = call();
        ++calls_;
        die_in_turn();
        return result;
    }

private:
    void die_in_turn() const {
        if (kind_ == "after" && calls_ == at_) raise(SIGKILL);
    }

    std::string kind_;
    std::string file_;
    std::uint64_t at_ = 0;
    std::uint64_t calls_ = 0;
};

class FaultyConnection : public ForwardingConnection {
public:
    FaultyConnection(std::unique_ptr<Connection> real, Fault& fault)
        : ForwardingConnection(std::move(real)), fault_(fault) {}

    Result<std::vector<Notice>> execute(std::string_view sql, Parameters parameters) override {
        return fault_.around([&] { return real_->execute(sql, parameters); });
    }
    Result<void> query(std::string_view sql, Parameters parameters, const RowSink& sink) override {
        if (!std::getenv("ROOST_CLEAR_TEXT") || !sql.contains("AS near"))
            return fault_.around([&] { return real_->query(sql, parameters, sink); });
        return fault_.around([&] {
            return real_->query(sql, parameters, [&](std::span<const Cell> cells) {
                std::vector<Cell> changed(cells.begin(), cells.end());
                changed[8] = "0";  // the column `near`
                sink(changed);
            });
        });
    }
    Result<void> begin() override {
        return fault_.around([&] { return real_->begin(); });
    }
    Result<void> commit() override {
        return fault_.around([&] { return real_->commit(); });
    }
    Result<void> rollback() override {
        return fault_.around([&] { return real_->rollback(); });
    }

private:
    Fault& fault_;
};

}  // namespace

int main(int argc, char** argv) {
    const char* text = std::getenv("ROOST_FAULT");
    Fault fault(text ? text : "");
    World world = process_world();
    world.wrap = [&](std::unique_ptr<Connection> real) -> std::unique_ptr<Connection> {
        return std::make_unique<FaultyConnection>(std::move(real), fault);
    };
    return run(argc, argv, std::move(world));
}
