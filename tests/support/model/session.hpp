// A session with the model server; each dialect has its own.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attributes.hpp"
#include "play.hpp"
#include "server.hpp"
#include "store.hpp"
#include "value.hpp"

namespace model {

// A bound parameter; a block of PL/SQL may give it a value.
struct Parameter {
    Value value = {};
    bool out = false;
};

class Session {
public:
    Session(const Attributes& attributes, int first_id);
    virtual ~Session() = default;

    // Logs the call, plays what the script says of it, or runs it.
    std::vector<Event> call(const std::string& sql, std::vector<Parameter>& parameters);
    void end(bool commit);
    virtual void set_autocommit(bool on) = 0;

    void cancel() { store_->stop = true; }
    void set_deadline(long seconds);  // 0: none
    bool is_lost() const { return lost_; }
    std::string decorated(const std::string& text) const { return message_prefix_ + text; }
    const char* product() const { return product_; }

protected:
    virtual void execute(const std::string& sql, std::vector<Parameter>& parameters, std::vector<Event>& events) = 0;
    virtual void finish(bool commit) = 0;
    virtual void abandon() = 0;                           // the transaction is gone: deadlock, connection lost
    virtual void played_error(const Record& record) = 0;  // as if the engine had raised it
    virtual Problem translated(const StoreError& error) const = 0;
    virtual Problem lock_timeout() const = 0;
    virtual Problem cancelled() const = 0;
    virtual Facts facts() const = 0;  // what others may read of this session

    void announce(const std::string& doing);  // writes the session's entry
    bool should_stop() const { return store_->should_stop() || slot_.killed(); }
    // Sleeps, cancel and kill apart.
    void wait(std::chrono::milliseconds time);
    [[noreturn]] void lose();

    Server server_;
    Slot slot_;
    std::unique_ptr<Store> store_;
    std::string database_;
    const char* product_ = "";
    std::string message_prefix_;
    std::string login_;
    std::string application_;

private:
    void guarded(std::vector<Event>& events, const std::function<void()>& work);
    void act(const std::vector<Action>& actions, std::vector<Event>& events, const std::function<void()>& run);
    void fail(Problem problem, std::vector<Event>& events);
    void hang();

    std::shared_ptr<Play> play_;
    bool lost_ = false;
};

// Throws Problem where the account may not come in.
std::unique_ptr<Session> connect(const Attributes& attributes);

}  // namespace model
