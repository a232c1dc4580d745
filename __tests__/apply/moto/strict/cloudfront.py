"""CloudFront."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from moto.cloudfront.models import CloudFrontBackend, Distribution, DistributionConfig, random_id

from .registry import Refusal, answers, refuses

API = "https://docs.aws.amazon.com/cloudfront/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide"
QUOTAS = f"{GUIDE}/cloudfront-limits.html"
SETTINGS = f"{GUIDE}/DownloadDistValuesOrigin.html"

# What AWS answers about what was not sent (API_DistributionConfig, API_Origin, API_CacheBehavior).
NONE = {"Quantity": 0}
DEFAULTS = {
    "Aliases": NONE,
    "OriginGroups": NONE,
    "CacheBehaviors": NONE,
    "CustomErrorResponses": NONE,
    "DefaultRootObject": "",
    "Comment": "",
    "Logging": {"Enabled": False, "IncludeCookies": False, "Bucket": "", "Prefix": ""},
    "PriceClass": "PriceClass_All",
    "ViewerCertificate": {
        "CloudFrontDefaultCertificate": True,
        "SSLSupportMethod": "vip",
        "MinimumProtocolVersion": "TLSv1",
        "CertificateSource": "cloudfront",
    },
    "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}},
    "WebACLId": "",
    "HttpVersion": "http2",
    "IsIPV6Enabled": True,
    "ContinuousDeploymentPolicyId": "",
    "Staging": False,
}
ORIGIN_DEFAULTS = {
    "OriginPath": "",
    "CustomHeaders": NONE,
    "ConnectionAttempts": 3,
    "ConnectionTimeout": 10,
    "OriginShield": {"Enabled": False},
    "OriginAccessControlId": "",
}
CUSTOM_ORIGIN_DEFAULTS = {"OriginReadTimeout": 30, "OriginKeepaliveTimeout": 5}
BEHAVIOR_DEFAULTS = {
    "TrustedSigners": {"Enabled": False, "Quantity": 0},
    "TrustedKeyGroups": {"Enabled": False, "Quantity": 0},
    "AllowedMethods": {
        "Quantity": 2,
        "Items": ["HEAD", "GET"],
        "CachedMethods": {"Quantity": 2, "Items": ["HEAD", "GET"]},
    },
    "SmoothStreaming": False,
    "Compress": False,
    "LambdaFunctionAssociations": NONE,
    "FunctionAssociations": NONE,
    "FieldLevelEncryptionId": "",
}
RESERVED_HEADER = re.compile(
    r"accept-encoding|cache-control|connection|content-length|cookie|host|if-match|if-modified-since|if-none-match|if-range"
    r"|if-unmodified-since|max-forwards|pragma|proxy-authenticate|proxy-authorization|proxy-connection|range"
    r"|request-range|te|trailer|transfer-encoding|upgrade|via|x-amz-.*|x-edge-.*|x-real-ip",
    re.IGNORECASE,
)

Config = dict[str, Any]


def items(config: Config, name: str) -> list[Any]:
    return (config.get(name) or {}).get("Items") or []


def behaviors(config: Config) -> list[Config]:
    return [config.get("DefaultCacheBehavior") or {}, *items(config, "CacheBehaviors")]


def structures(value: Any) -> Iterator[Config]:
    """All structures in a configuration."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from structures(each)
    elif isinstance(value, list):
        for each in value:
            yield from structures(each)


# How AWS answers.


@answers(DistributionConfig, "__init__", sources=[f"{API}/API_DefaultCacheBehavior.html"])
def default_behavior_has_an_origin_group(original, config: DistributionConfig, sent: Config) -> None:
    """The target of the default cache behavior may be an origin group, which moto does not find."""
    target = sent["DefaultCacheBehavior"]["TargetOriginId"]
    groups = [group["Id"] for group in items(sent, "OriginGroups")]
    origin = items(sent, "Origins")[0]["Id"] if target in groups else target
    original(config, {**sent, "DefaultCacheBehavior": {**sent["DefaultCacheBehavior"], "TargetOriginId": origin}})


@answers(DistributionConfig, "__init__", sources=[f"{API}/API_UpdateDistribution.html"])
def configuration_is_replaced_as_a_whole(original, config: DistributionConfig, sent: Config) -> None:
    """A distribution has the configuration that was sent last, all of it, and defaults for the rest."""
    complete = _with_defaults(deepcopy(sent))
    original(config, deepcopy(complete))  # it refuses what moto does not accept
    config.__dict__.clear()
    config.__dict__.update(complete)
    config.caller_reference = complete["CallerReference"]


def _with_defaults(config: Config) -> Config:
    config = {**deepcopy(DEFAULTS), **{name: value for name, value in config.items() if value is not None}}
    for origin in items(config, "Origins"):
        _fill(origin, ORIGIN_DEFAULTS)
        if "CustomOriginConfig" in origin:
            _fill(origin["CustomOriginConfig"], CUSTOM_ORIGIN_DEFAULTS)
    for behavior in behaviors(config):
        _fill(behavior, BEHAVIOR_DEFAULTS)
    return config


def _fill(config: Config, defaults: Config) -> None:
    for name, value in deepcopy(defaults).items():
        config.setdefault(name, value)


@answers(
    Distribution,
    "__init__",
    sources=[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html"
        "#amazoncloudfront-resources-for-iam-policies"
    ],
)
def arn_has_no_region(original, distribution: Distribution, *args, **kwargs) -> None:
    """The ARN of a distribution has an empty Region: `arn:aws:cloudfront::ACCOUNT:distribution/ID`. moto leaves out the
    colon behind it."""
    original(distribution, *args, **kwargs)
    if ":cloudfront::" not in distribution.arn:
        distribution.arn = distribution.arn.replace(":cloudfront:", ":cloudfront::", 1)


@answers(CloudFrontBackend, "update_distribution", sources=[f"{API}/API_UpdateDistribution.html"])
def update_changes_the_etag(original, backend: CloudFrontBackend, dist_config: Config, _id: str, if_match: str):
    """Each update of a distribution gives it another ETag."""
    distribution, location, _ = original(backend, dist_config, _id, if_match)
    distribution.etag = random_id()
    return distribution, location, distribution.etag


# What AWS refuses.


@refuses(CloudFrontBackend, "update_distribution", sources=[f"{API}/API_UpdateDistribution.html"])
def update_of_an_old_version(backend: CloudFrontBackend, dist_config: Config, _id: str, if_match: str) -> None:
    """An update is sent with the ETag of the last answer."""
    _check_version(backend, _id, if_match)


@refuses(CloudFrontBackend, "delete_distribution", sources=[f"{API}/API_DeleteDistribution.html"])
def delete_of_an_old_version(backend: CloudFrontBackend, distribution_id: str, if_match: str) -> None:
    """A delete is sent with the ETag of the last answer."""
    _check_version(backend, distribution_id, if_match)


def _check_version(backend: CloudFrontBackend, distribution_id: str, if_match: str) -> None:
    distribution = backend.distributions.get(distribution_id)
    if distribution and if_match and if_match != distribution.etag:
        raise Refusal(
            "PreconditionFailed",
            "The request failed because it didn't meet the preconditions in one or more request-header fields.",
        )


@refuses(CloudFrontBackend, "update_distribution", sources=[f"{API}/API_UpdateDistribution.html"])
def caller_reference_does_not_change(backend: CloudFrontBackend, dist_config: Config, _id: str, if_match: str) -> None:
    """An update has the caller reference of the distribution."""
    distribution = backend.distributions.get(_id)
    if distribution and dist_config.get("CallerReference") != distribution.distribution_config.caller_reference:
        raise Refusal("IllegalUpdate", "The update contains modifications that are not allowed.")


@refuses(CloudFrontBackend, "delete_distribution", sources=[f"{API}/API_DeleteDistribution.html"])
def enabled_distribution_is_not_deleted(backend: CloudFrontBackend, distribution_id: str, if_match: str) -> None:
    """A distribution is disabled before it is deleted."""
    distribution = backend.distributions.get(distribution_id)
    if distribution and distribution.distribution_config.Enabled:
        raise Refusal("DistributionNotDisabled", "The distribution you are trying to delete has not been disabled.")


@refuses(DistributionConfig, "__init__", sources=[SETTINGS, f"{API}/API_CustomOriginConfig.html"], guessed_message=True)
def ports_of_origins(config: DistributionConfig, sent: Config) -> None:
    """Ports of an origin are 80, 443, or 1024 to 65535."""
    for origin in items(sent, "Origins"):
        for name in ["HTTPPort", "HTTPSPort"]:
            port = (origin.get("CustomOriginConfig") or {}).get(name)
            if port is not None and port not in [80, 443] and not 1024 <= port <= 65535:
                raise Refusal("InvalidArgument", f"The parameter {name} is invalid: {port}")


@refuses(DistributionConfig, "__init__", sources=[SETTINGS, QUOTAS, f"{API}/API_CreateDistribution.html"])
def timeouts_of_origins(config: DistributionConfig, sent: Config) -> None:
    """The response and keep-alive timeouts of an origin are 1 to 120 seconds."""
    for origin in items(sent, "Origins"):
        custom = origin.get("CustomOriginConfig") or {}
        if not 1 <= custom.get("OriginReadTimeout", 30) <= 120:
            raise Refusal(
                "InvalidOriginReadTimeout",
                "The read timeout specified for the origin is not valid for the distribution.",
            )
        if not 1 <= custom.get("OriginKeepaliveTimeout", 5) <= 120:
            raise Refusal(
                "InvalidOriginKeepaliveTimeout", "The keep alive timeout specified for the origin is not valid."
            )


@refuses(
    DistributionConfig,
    "__init__",
    sources=[f"{GUIDE}/add-origin-custom-headers.html", QUOTAS, f"{API}/API_CreateDistribution.html"],
    guessed_message=True,
)
def custom_headers_of_origins(config: DistributionConfig, sent: Config) -> None:
    """An origin has at most 30 custom headers, none with a name that CloudFront reserves."""
    for headers in [items(origin, "CustomHeaders") for origin in items(sent, "Origins")]:
        if len(headers) > 30:
            raise Refusal("TooManyOriginCustomHeaders", "Your request contains too many origin custom headers.")
        for name in [header["HeaderName"] for header in headers]:
            if RESERVED_HEADER.fullmatch(name):
                raise Refusal("InvalidArgument", f"The parameter HeaderName with value {name} is not allowed.")


@refuses(DistributionConfig, "__init__", sources=[f"{API}/API_Origin.html", f"{API}/API_CreateDistribution.html"])
def path_of_an_origin(config: DistributionConfig, sent: Config) -> None:
    """The path of an origin begins with a slash, and does not end with one."""
    for path in [origin.get("OriginPath") or "" for origin in items(sent, "Origins")]:
        if path and (not path.startswith("/") or path.endswith("/")):
            raise Refusal(
                "InvalidRelativePath",
                "The relative path is too big, is not URL-encoded, or does not begin with a slash (/).",
            )


@refuses(DistributionConfig, "__init__", sources=[f"{API}/API_CreateDistribution.html"])
def origins_of_behaviors_exist(config: DistributionConfig, sent: Config) -> None:
    """The origin or origin group of each cache behavior exists."""
    ids = {each["Id"] for each in [*items(sent, "Origins"), *items(sent, "OriginGroups")]}
    if any(behavior.get("TargetOriginId") not in ids for behavior in behaviors(sent)):
        raise Refusal("NoSuchOrigin", "No origin exists with the specified Origin Id.")


@refuses(DistributionConfig, "__init__", sources=[f"{API}/API_CreateDistribution.html"])
def quantities_match_items(config: DistributionConfig, sent: Config) -> None:
    """A Quantity is the number of its Items."""
    for structure in structures(sent):
        if "Quantity" in structure and int(structure["Quantity"]) != len(structure.get("Items") or []):
            raise Refusal("InconsistentQuantities", "The value of Quantity and the size of Items don't match.")


@refuses(DistributionConfig, "__init__", sources=[QUOTAS, f"{API}/API_CreateDistribution.html"])
def quotas_of_a_distribution(config: DistributionConfig, sent: Config) -> None:
    """A distribution has at most 100 origins, 10 origin groups, and 75 cache behaviors."""
    if len(items(sent, "Origins")) > 100:
        raise Refusal("TooManyOrigins", "You cannot create more origins for the distribution.")
    if len(items(sent, "CacheBehaviors")) > 75:
        raise Refusal("TooManyCacheBehaviors", "You cannot create more cache behaviors for the distribution.")
    if len(items(sent, "OriginGroups")) > 10:
        raise Refusal(
            "TooManyOriginGroupsPerDistribution",
            "Processing your request would cause you to exceed the maximum number of origin groups allowed.",
        )


@refuses(
    DistributionConfig,
    "__init__",
    sources=[
        f"{API}/API_CacheBehavior.html",
        f"{GUIDE}/controlling-the-cache-key.html",
        "https://github.com/terraform-aws-modules/terraform-aws-cloudfront/issues/40",
    ],
    guessed_message=True,
)
def behavior_has_one_kind_of_cache_settings(config: DistributionConfig, sent: Config) -> None:
    """A cache behavior has a cache policy or ForwardedValues, not both."""
    for behavior in behaviors(sent):
        if behavior.get("CachePolicyId") and behavior.get("ForwardedValues"):
            raise Refusal(
                "InvalidArgument",
                "The parameter ForwardedValues cannot be used when a cache policy is associated to the cache behavior.",
            )
        if not behavior.get("CachePolicyId") and not behavior.get("ForwardedValues"):
            raise Refusal("InvalidArgument", "The parameter ForwardedValues is required.")


@refuses(
    CloudFrontBackend,
    "create_distribution_with_tags",
    "update_distribution",
    sources=[f"{API}/API_CreateDistribution.html"],
)
def alias_belongs_to_one_distribution(backend: CloudFrontBackend, *args, **kwargs) -> None:
    """Two distributions do not have the same alias."""
    own, aliases = kwargs.get("_id"), set(items(sent_config(args, kwargs), "Aliases"))
    for id, distribution in backend.distributions.items():
        if id != own and aliases & set(items(vars(distribution.distribution_config), "Aliases")):
            raise Refusal(
                "CNAMEAlreadyExists",
                "One or more of the CNAMEs you provided are already associated with a different resource.",
            )


@refuses(
    CloudFrontBackend,
    "create_distribution_with_tags",
    "update_distribution",
    sources=[f"{API}/API_CreateDistribution.html", f"{GUIDE}/CNAMEs.html"],
)
def aliases_need_a_certificate(backend: CloudFrontBackend, *args, **kwargs) -> None:
    """A distribution with aliases has a certificate of ACM or IAM."""
    config = sent_config(args, kwargs)
    certificate = config.get("ViewerCertificate") or {}
    named = certificate.get("ACMCertificateArn") or certificate.get("IAMCertificateId")
    if items(config, "Aliases") and not named:
        raise Refusal(
            "InvalidViewerCertificate",
            "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted "
            "certificate that validates your authorization to use the domain name.",
        )


def sent_config(args: tuple, kwargs: dict[str, Any]) -> Config:
    return next(value for value in [*args, *kwargs.values()] if isinstance(value, dict))


@refuses(CloudFrontBackend, "delete_origin_access_control", sources=[f"{API}/API_DeleteOriginAccessControl.html"])
def origin_access_control_in_use_is_not_deleted(backend: CloudFrontBackend, control_id: str) -> None:
    """An origin access control that a distribution uses is not deleted."""
    for distribution in backend.distributions.values():
        origins = items(vars(distribution.distribution_config), "Origins")
        if any(origin.get("OriginAccessControlId") == control_id for origin in origins):
            raise Refusal(
                "OriginAccessControlInUse",
                "Cannot delete the origin access control because it's in use by one or more distributions.",
            )
