// What a person starts as `triptych`. Qt brings libgomp in, which reads its settings before main() of
// a Qt program runs; so this one, which is static and up at once, makes the settings and then becomes
// the program: same process, same arguments, same streams.
#include "core/session/LaunchEnvironment.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>

namespace {

/// The folder of this file, with a slash; of what was typed where there is no /proc.
std::string ownFolder(const char* typed)
{
    char path[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    const std::string self = length > 0 ? std::string(path, size_t(length)) : std::string(typed);
    return self.substr(0, self.rfind('/') + 1);
}

}

int main(int, char** argv)
{
    triptych::prepareProcess();
    const std::string program = ownFolder(argv[0]) + "triptych-window";
    execv(program.c_str(), argv);
    std::fprintf(stderr, "triptych: %s: it cannot be started (%s); build or install Triptych again\n", program.c_str(),
        std::strerror(errno));
    return 1;
}
