#!/usr/bin/env bash
# Plans main and reports drift. Atlantis plans only pull requests, so run this from a scheduler (cron, a systemd timer, or a
# CronJob) with the read-only AWS profile.
#   drift-check.sh REPOSITORY-URL
# Exit codes: 0 no drift, 2 drift, 1 error. If WEBHOOK_URL is set, the script posts the plan as JSON: {"text": "..."}.
set -euo pipefail

repository=${1:?usage: drift-check.sh REPOSITORY-URL}
root=infrastructure/wallarm
export AWS_PROFILE=${AWS_PROFILE:-wallarm-routing-plan} TF_IN_AUTOMATION=1 TF_INPUT=0

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet --depth 1 --branch main "$repository" "$folder/main" || exit 1
terraform -chdir="$folder/main/$root" init -lockfile=readonly >&2 || exit 1

code=0
terraform -chdir="$folder/main/$root" plan -no-color -lock=false -detailed-exitcode > "$folder/plan.txt" || code=$?
cat "$folder/plan.txt"
if [ "$code" -eq 2 ] && [ -n "${WEBHOOK_URL:-}" ]; then
  jq --raw-input --slurp '{text: ("The infrastructure differs from main.\n" + .[:60000])}' "$folder/plan.txt" |
    curl --fail --silent --show-error --header 'Content-Type: application/json' --data-binary @- "$WEBHOOK_URL" >&2 ||
    echo "The webhook call failed." >&2
fi
exit "$code"
