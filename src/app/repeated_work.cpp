#include "app/repeated_work.h"

#include <condition_variable>
#include <exception>
#include <mutex>

#include <spdlog/spdlog.h>

namespace fazhi::app {
namespace {

constexpr std::chrono::seconds kPauseAfterAccident{5};

}  // namespace

RepeatedWork::RepeatedWork(std::string name, std::chrono::milliseconds pause,
                           std::function<void(const std::stop_token&)> work)
    : thread_([name = std::move(name), pause, work = std::move(work)](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any waiting;
          while (!stop.stop_requested()) {
              auto wait = pause;
              try {
                  work(stop);
              } catch (const std::exception& accident) {
                  spdlog::error("{}: {}", name, accident.what());
                  wait = kPauseAfterAccident;
              }
              std::unique_lock lock(mutex);
              waiting.wait_for(lock, stop, wait, [] { return false; });
          }
      }) {}

}  // namespace fazhi::app
