# SPDX-License-Identifier: Apache-2.0
# Carries what was swapped, generated or installed by hand over to the list that a newer distribution ships.
# usage: awk -f merge-record.awk RECORD SHIPPED ; the record is the committed one, the result goes to standard output.
# A part that the distribution ships in a higher version than the record names is taken from the distribution.

function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

# Whether version a is higher than version b, both of dotted numbers.
function higher(a, b,   x, y, n, m, i) {
  n = split(a, x, "."); m = split(b, y, ".")
  for (i = 1; i <= (n > m ? n : m); i++) if (x[i] + 0 != y[i] + 0) return x[i] + 0 > y[i] + 0
  return 0
}

FNR == 1 { file++ }
/^# reason / { if (file == 1) { split($3, part, "/"); why[part[1]] = $0; version[part[1]] = part[2] } next }
/^[ \t]*(#|$)/ { next }
{
  line = line $0
  if (sub(/\\$/, "", line)) next
  key = trim(substr(line, 1, index(line, "=") - 1)); value = trim(substr(line, index(line, "=") + 1)); line = ""
  if (file == 1) { if (key == "featuresRepositories") old = value; next }
  setting[++settings] = key; content[key] = value
}
END {
  n = split(content["featuresBoot"], boot, ",")
  for (i = 1; i <= n; i++) {
    open = close_ = ""
    feature = trim(boot[i])
    if (sub(/^\(/, "", feature)) open = "("
    if (sub(/\)$/, "", feature)) close_ = ")"
    split(feature, part, "/")
    if (part[1] in why) {
      if (higher(part[2], version[part[1]])) delete why[part[1]]
      else { feature = part[1] "/" version[part[1]]; seen[part[1]] = 1 }
    }
    list = list (i > 1 ? ", " : "") open feature close_
  }
  for (name in why) if (!(name in seen)) list = list ", " name "/" version[name]
  repositories = content["featuresRepositories"]
  n = split(old, repository, ",")
  for (i = 1; i <= n; i++) {
    address = trim(repository[i])
    if (address !~ /^mvn:org\.(solera\/features|apache\.karaf\.features)\// && index(", " repositories ",", ", " address ",") == 0) repositories = repositories ", " address
  }
  print "# What is installed, in which version and why. This file is the record: the appliance boots from it."
  for (name in why) print why[name]
  for (i = 1; i <= settings; i++) {
    key = setting[i]
    print key " = " (key == "featuresBoot" ? list : key == "featuresRepositories" ? repositories : content[key])
  }
}
