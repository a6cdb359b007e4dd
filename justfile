# Tasks. `just` lists them; `just ci` is what continuous integration runs.

default:
    @just --list

# Everything that must pass before a change is merged.
ci:
    .ci/run

# The program, on the demonstration network.
demo *ARGS:
    cargo run --release --locked -- demo {{ARGS}}

# Formatting, in place.
fmt:
    cargo fmt

# Lints, warnings denied.
lint:
    cargo clippy --locked --all-targets -- -D warnings

# All tests, or those whose name contains FILTER.
test FILTER="":
    cargo test --locked {{FILTER}}

# Snapshots of screens, reviewed one by one (needs cargo-insta).
review:
    cargo insta test --review

# Benches.
bench *ARGS:
    cargo bench --locked {{ARGS}}

# Licences, advisories and bans of dependencies (needs cargo-deny and the network).
deny:
    cargo deny --locked check

# The documentation of the code, in a browser.
doc:
    cargo doc --locked --no-deps --open
