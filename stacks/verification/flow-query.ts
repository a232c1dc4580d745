/** The query for traffic that reached the application and did not come from the node. */
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { SharedProps } from "./contract-schema";
import { FlowLogsReference } from "./flow-logs-schema";

/** Fields of a record, in this order. Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const FIELDS = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets"],
  ...["bytes", "start", "end", "action", "log-status", "vpc-id", "subnet-id", "instance-id", "tcp-flags", "type"],
  ...["pkt-srcaddr", "pkt-dstaddr", "flow-direction"],
];

/**
 * TCP flags of a flow with a SYN-ACK, with or without FIN and RST. The application opened this connection, from a port that
 * is also one of its own.
 */
const ANSWERS = [18, 19, 22, 23];

/** The Athena types of fields that are not text. Source: https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs-parquet.html */
const TYPES: Readonly<Record<string, string>> = {
  ...{ version: "int", srcport: "int", dstport: "int", "tcp-flags": "int" },
  ...{ protocol: "bigint", packets: "bigint", bytes: "bigint", start: "bigint", end: "bigint" },
};

export interface FlowQueryProps extends SharedProps {
  readonly flowLogs: FlowLogsReference;
}

/** The query, in the languages of Logs Insights and Athena. */
export class FlowQuery extends Construct {
  /** The format of the records. */
  public readonly logFormat: string;
  /** The query for Logs Insights. */
  public readonly logsInsights: IResolvable;
  /** The same conditions for Athena. */
  private readonly conditions: IResolvable;

  public constructor(scope: Construct, id: string, { routing, node, application, flowLogs }: FlowQueryProps) {
    super(scope, id);
    const fields = local(
      this,
      "flow_log_fields",
      hcl`${FIELDS}`,
      "In this order (https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html).",
    );
    this.logFormat = hcl.string`join(" ", [for field in ${fields} : "$\${\${field}}"])`;

    const ports = hcl`try(${routing.application.ports}, [])`;
    const known = local(
      this,
      "known_sources",
      hcl`distinct(concat(${node.subnet_cidrs}, try(${flowLogs.accepted_cidrs}, [])))`,
      "The node, and what the caller accepts. All other sources are reported.",
    );
    this.logsInsights = local(
      this,
      "flow_query",
      hcl`join("\\n| ", compact([
        "parse @message \\"\${join(" ", [for field in ${fields} : "*"])}\\" as \${replace(join(", ", ${fields}), "-", "_")}",
        "filter action = \\"ACCEPT\\" and flow_direction = \\"ingress\\"",
        ${text`filter ${hcl`join(" or ", [for port in ${ports} : "dstport = \${port}"])`}`},
        "filter ${ANSWERS.map((flags) => `tcp_flags != ${flags}`).join(" and ")}",
        join(" or ", [for index, cidr in ${application.cidrs} : "\${index == 0 ? "filter " : ""}isIpInSubnet(pkt_dstaddr, \\"\${cidr}\\")"]),
        ${text`filter ${hcl`join(" and ", [for cidr in ${known} : "not isIpInSubnet(srcaddr, \\"\${cidr}\\")"])`}`},
        "stats count(*) as records, sum(bytes) as total_bytes, min(start) as first_seen, max(end) as last_seen by srcaddr, pkt_srcaddr, dstaddr, dstport, protocol, interface_id",
        "sort total_bytes desc",
        "limit 100",
      ]))`,
      `Traffic to the application that security groups and network ACLs accepted. Its own replies are egress. Records with the TCP flags ${ANSWERS.join(", ")} are left out: they contain a SYN-ACK, so the application opened the connection. isIpInSubnet takes one CIDR block, IPv4 or IPv6.`,
    );
    this.conditions = local(
      this,
      "athena_conditions",
      hcl`join("\\n  AND ", compact([
        "action = 'ACCEPT' AND flow_direction = 'ingress'",
        ${text`dstport IN (${hcl`join(", ", ${ports})`})`},
        "tcp_flags NOT IN (${ANSWERS.join(", ")})",
        length(${application.cidrs}) == 0 ? "" : ${text`(${hcl`join(" OR ", formatlist("contains('%s', TRY_CAST(pkt_dstaddr AS IPADDRESS))", ${application.cidrs}))`})`},
        join(" AND ", formatlist("NOT contains('%s', TRY_CAST(srcaddr AS IPADDRESS))", ${known})),
      ]))`,
    );
  }

  /**
   * The query for Athena, for today and yesterday.
   * @param table its table
   */
  public athena(table: IResolvable): string {
    const columns = "srcaddr, pkt_srcaddr, dstaddr, dstport, protocol, interface_id";
    return text`SELECT ${columns},
  count(*) AS records, sum(bytes) AS total_bytes,
  from_unixtime(min(start)) AS first_seen, from_unixtime(max("end")) AS last_seen
FROM ${table}
WHERE (${onDay("current_date")}
  OR ${onDay("current_date - INTERVAL '1' DAY")})
  AND ${this.conditions}
GROUP BY ${columns}
ORDER BY total_bytes DESC
`;
  }

  /**
   * The statement that creates the table in Athena. With partition projection, it needs no MSCK REPAIR TABLE.
   * @param location the S3 location of the files, up to the year
   */
  public athenaTable(table: IResolvable, location: IResolvable): string {
    const columns = FIELDS.map((field) => `  \`${column(field)}\` ${TYPES[field] ?? "string"}`);
    return text`CREATE EXTERNAL TABLE IF NOT EXISTS ${table} (
${columns.join(",\n")}
)
PARTITIONED BY (\`year\` string, \`month\` string, \`day\` string)
ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
STORED AS
  INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
LOCATION '${location}'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer', 'projection.year.range' = '2025,2099',
  'projection.month.type' = 'integer', 'projection.month.range' = '1,12', 'projection.month.digits' = '2',
  'projection.day.type' = 'integer', 'projection.day.range' = '1,31', 'projection.day.digits' = '2',
  'storage.location.template' = '${location}year=\${year}/month=\${month}/day=\${day}/'
)
`;
  }
}

/** A condition on the partitions, so that Athena reads only those that match. */
function onDay(date: string): string {
  const parts = { year: "%Y", month: "%m", day: "%d" };
  return `(${Object.entries(parts)
    .map(([name, format]) => `${name} = date_format(${date}, '${format}')`)
    .join(" AND ")})`;
}

function column(field: string): string {
  return field.replaceAll("-", "_");
}
