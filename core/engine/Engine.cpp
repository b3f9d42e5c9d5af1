#include "core/session/Engine.h"
