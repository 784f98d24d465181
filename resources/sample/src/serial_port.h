#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace tidewatch {

// Thin wrapper over the operating system's serial ports. A file of -1 means "not open" and makes
// every other call fail, so a gauge whose cable was pulled out is silent, not fatal.
int openSerialPort(const std::string& device, int baudRate);
void closeSerialPort(int file);
bool writeByte(int file, char byte);

// A line without its end; none if it is not complete in time or longer than 64 bytes.
std::optional<std::string> readLine(int file, std::chrono::seconds timeout);

}  // namespace tidewatch
