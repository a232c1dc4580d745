"""CloudTrail."""

import re

from moto.cloudtrail.models import CloudTrailBackend

from .bucket_policies import allowed_actions
from .registry import Refusal, answers, refuses

API = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference"


@refuses(CloudTrailBackend, "create_trail", sources=[f"{API}/API_CreateTrail.html"], guessed_message=True)
def name_of_a_trail(backend: CloudTrailBackend, name: str, *_, **__) -> None:
    """The name of a trail has no adjacent periods, underscores, or dashes."""
    if re.search(r"[._-]{2}", name):
        raise Refusal("InvalidTrailNameException", "Trail name must not have adjacent periods, underscores or dashes.")


@refuses(
    CloudTrailBackend,
    "create_trail",
    sources=[f"{API}/API_CreateTrail.html", "https://github.com/hashicorp/terraform/issues/29991"],
)
def trail_exists(backend: CloudTrailBackend, name: str, *_, **__) -> None:
    """Two trails do not have the same name."""
    if name in backend.trails:
        raise Refusal("TrailAlreadyExistsException", f"Trail {name} already exists.")


@refuses(
    CloudTrailBackend,
    "create_trail",
    sources=[
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
        f"{API}/API_CreateTrail.html",
        "https://github.com/hashicorp/terraform/issues/6388",
    ],
)
def bucket_policy_of_a_trail(backend: CloudTrailBackend, name: str, bucket_name: str, *_, **__) -> None:
    """The policy of a trail's bucket lets CloudTrail read the bucket's ACL and write objects."""
    allowed = allowed_actions(backend.account_id, backend.partition, bucket_name, "cloudtrail.amazonaws.com")
    if allowed is not None and not {"s3:GetBucketAcl", "s3:PutObject"} <= allowed:
        raise Refusal(
            "InsufficientS3BucketPolicyException", f"Incorrect S3 bucket policy is detected for bucket: {bucket_name}"
        )


@answers(
    CloudTrailBackend,
    "start_logging",
    "stop_logging",
    "delete_trail",
    sources=[f"{API}/API_StartLogging.html", f"{API}/API_StopLogging.html", f"{API}/API_DeleteTrail.html"],
)
def trail_is_named_by_its_arn(original, backend: CloudTrailBackend, name: str) -> None:
    """StartLogging, StopLogging, and DeleteTrail take the ARN of a trail too. moto fails on it, or keeps the trail."""
    original(backend, name.split(":trail/")[-1])
