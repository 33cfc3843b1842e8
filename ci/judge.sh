#!/usr/bin/env bash
# Judges a target in a CI job and writes the reports. The GitHub action and the GitLab template both call it; every wish
# is a variable, so that nothing that a user or a vendor writes is ever read as a command.
#
#   CONFORMANCE                     the command; default: conformance
#   CONFORMANCE_TARGET              a target file or a base URL; default: the embedded sandbox
#   CONFORMANCE_APIS                VENDOR/API, separated by blanks or line breaks
#   CONFORMANCE_PROFILE             quick, standard or thorough
#   CONFORMANCE_BASELINE            the file of accepted deviations
#   CONFORMANCE_ALLOW_INCOMPLETE    true or false
#   CONFORMANCE_READ_ONLY           true or false
#   CONFORMANCE_OUT                 the folder for evidence and reports
#
# On GitHub it ends with 0 and leaves the exit status in $GITHUB_OUTPUT, so that the evidence is uploaded before the job
# turns red; elsewhere it ends with the exit status itself.
set -euo pipefail

conformance=${CONFORMANCE:-conformance}
out=${CONFORMANCE_OUT:-conformance-report}
baseline=${CONFORMANCE_BASELINE:-}
arguments=(--gate "--out=$out" "--profile=${CONFORMANCE_PROFILE:-standard}")

switch() { # NAME VALUE OPTION
  case $2 in
    true) arguments+=("$3") ;;
    false | "") ;;
    *)
      echo "Error: $1: '$2' is neither true nor false" >&2
      finish 3
      ;;
  esac
}

finish() { # STATUS
  if [ -n "${GITHUB_OUTPUT:-}" ]; then
    conforms=false
    [ "$1" -ne 0 ] || conforms=true
    # The end of a value is marked by something that no folder's name can be made to hold beforehand.
    mark="end-$$-$RANDOM$RANDOM$RANDOM"
    {
      echo "status=$1"
      echo "conforms=$conforms"
      printf 'out<<%s\n%s\n%s\n' "$mark" "$out" "$mark"
    } >> "$GITHUB_OUTPUT"
    exit 0
  fi
  exit "$1"
}

switch allow-incomplete "${CONFORMANCE_ALLOW_INCOMPLETE:-}" --allow-incomplete
switch read-only "${CONFORMANCE_READ_ONLY:-}" --read-only
[ -z "$baseline" ] || arguments+=("--baseline=$baseline")
read -r -d '' -a apis <<< "${CONFORMANCE_APIS:-}" || true
for api in ${apis[@]+"${apis[@]}"}; do
  arguments+=("--api=$api")
done
# A target that begins with a dash is a file all the same.
[ -z "${CONFORMANCE_TARGET:-}" ] || case $CONFORMANCE_TARGET in
  -*) arguments+=("./$CONFORMANCE_TARGET") ;;
  *) arguments+=("$CONFORMANCE_TARGET") ;;
esac

status=0
"$conformance" run "${arguments[@]}" || status=$?

report() { # FORMAT FILE
  "$conformance" report --format "$1" "--out=$out/$2" ${baseline:+"--baseline=$baseline"} -- "$out" > /dev/null
}
if [ -f "$out/run.jsonl" ]; then
  # A report that cannot be written must not hide the verdict.
  report html report.html || echo "report.html could not be written" >&2
  report junit junit.xml || echo "junit.xml could not be written" >&2
  report sarif results.sarif || echo "results.sarif could not be written" >&2
  "$conformance" baseline suggest ${baseline:+"--baseline=$baseline"} -- "$out" > "$out/suggested-baseline.yaml" \
    || echo "suggested-baseline.yaml could not be written" >&2
fi
finish "$status"
