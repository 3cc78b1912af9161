#include "session.hpp"

#include <unistd.h>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "text.hpp"

namespace model {
namespace {

std::string folder_of(const Attributes& attributes) {
    const std::string server = attributes.get({"Server", "Servername"});
    if (server.starts_with('/')) return server;
    if (const char* given = std::getenv("ROOST_MODEL")) return given;
    throw problem(0, "model: Server names no folder, and ROOST_MODEL is not set", "08001");
}

std::string play_of(const Attributes& attributes) {
    const char* given = std::getenv("ROOST_MODEL_PLAY");
    return attributes.has("Play") ? attributes.get({"Play"}) : given == nullptr ? "" : given;
}

}  // namespace

Session::Session(const Attributes& attributes, int first_id)
    : server_(folder_of(attributes)),
      slot_(server_.folder(), first_id),
      application_(attributes.get({"App", "Application"})),
      play_(Play::of(play_of(attributes))) {
    if (!play_) return;
    if (const auto actions = play_->at("connect", attributes.get({"Database", "DBQ"}))) {
        for (const Action& action : *actions) {
            if (action.kind == Action::Kind::error) throw Problem{.records = action.records};
            if (action.kind == Action::Kind::die) raise(SIGKILL);
        }
    }
}

std::vector<Event> Session::call(const std::string& sql, std::vector<Parameter>& parameters) {
    std::vector<Event> events;
    store_->stop = false;
    guarded(events, [&] {
        server_.log(slot_.id(), database_, sql);
        if (lost_ || slot_.killed()) lose();
        announce(sql);
        const auto run = [&] { execute(sql, parameters, events); };
        const auto actions = play_ ? play_->at("call", sql) : std::nullopt;
        if (actions) {
            act(*actions, events, run);
        } else {
            run();
        }
        announce("");
    });
    if (!events.empty() && events.back().kind == Event::Kind::error) guarded(events, [&] { announce(""); });
    return events;
}

void Session::end(bool commit) {
    std::vector<Event> events;
    guarded(events, [&] {
        if (lost_ || slot_.killed()) lose();
        const auto run = [&] { finish(commit); };
        const auto actions = play_ ? play_->at(commit ? "commit" : "rollback", "") : std::nullopt;
        if (actions) {
            act(*actions, events, run);
        } else {
            run();
        }
        announce("");
    });
    for (const Event& event : events)
        if (event.kind == Event::Kind::error) throw Problem{.records = event.records, .lost = lost_};
}

void Session::act(const std::vector<Action>& actions, std::vector<Event>& events, const std::function<void()>& run) {
    for (const Action& action : actions) {
        switch (action.kind) {
            case Action::Kind::run:
                run();
                break;
            case Action::Kind::info:
                events.push_back({.kind = Event::Kind::info, .records = action.records});
                break;
            case Action::Kind::error:
                events.push_back({.kind = Event::Kind::error, .records = action.records});
                played_error(action.records.front());
                break;
            case Action::Kind::lose:
                lose();
            case Action::Kind::hang:
                hang();
                break;
            case Action::Kind::die:
                raise(SIGKILL);
        }
    }
}

void Session::guarded(std::vector<Event>& events, const std::function<void()>& work) {
    try {
        work();
    } catch (Problem& problem) {
        fail(std::move(problem), events);
    } catch (const StoreError& error) {
        fail(translated(error), events);
    } catch (const std::exception& error) {
        fail(problem(50000, std::string("model: ") + error.what(), "HY000"), events);
    } catch (const StoreBusy&) {
        fail(lock_timeout(), events);
    } catch (const StoreStopped&) {
        const bool late = store_->deadline && !store_->stop;
        lost_ = lost_ || late;  // FreeTDS gives a connection up after a time-out
        fail(late ? problem(0, "Timeout expired", "HYT00") : cancelled(), events);
    }
}

void Session::fail(Problem problem, std::vector<Event>& events) {
    if (problem.lost && !lost_) {
        lost_ = true;
        abandon();
    }
    events.push_back({.kind = Event::Kind::error, .records = std::move(problem.records)});
}

void Session::hang() {
    while (!should_stop()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (slot_.killed()) lose();
    throw StoreStopped{};
}

void Session::wait(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
        if (slot_.killed()) lose();
        if (store_->should_stop()) throw StoreStopped{};
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

void Session::lose() {
    Problem gone = problem(0, "Communication link failure", "08S01");
    gone.lost = true;
    throw gone;
}

void Session::set_deadline(long seconds) {
    store_->deadline.reset();
    if (seconds > 0) store_->deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
}

void Session::announce(const std::string& doing) {
    Facts told = facts();
    told["pid"] = std::to_string(getpid());
    told["database"] = database_;
    told["login"] = login_;
    told["application"] = application_;
    told["doing"] = doing;
    slot_.tell(told);
}

}  // namespace model
