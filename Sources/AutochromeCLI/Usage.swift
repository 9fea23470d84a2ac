import ArgumentParser
import Autochrome

/// Runs `body`, whose errors are faults of the command: the program then ends with status 64.
func usage<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch {
        throw ValidationError("\(error)".printable)
    }
}
