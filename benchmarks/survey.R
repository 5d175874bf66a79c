# Raking and one question by size with R's survey package, for `make bench-survey`.
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
d <- read.csv(file.path(folder, "answers.csv"))[, c("size", "industry", "region", "q0")]
text <- paste(readLines(file.path(folder, "totals.json"), warn = FALSE), collapse = "")
margin <- function(name) {
  inside <- sub(paste0('.*"', name, '": \\{([^}]*)\\}.*'), "\\1", text)
  pairs <- strsplit(strsplit(inside, ", ")[[1]], ": ")
  found <- data.frame(as.integer(gsub('"', "", sapply(pairs, `[`, 1))), as.numeric(sapply(pairs, `[`, 2)))
  names(found) <- c(name, "Freq")
  found
}
d$q0 <- factor(d$q0)
plain <- svydesign(id = ~1, weights = rep(1, nrow(d)), data = d)
raking <- system.time(raked <- rake(plain, list(~size, ~industry, ~region),
  list(margin("size"), margin("industry"), margin("region")), control = list(maxit = 100, epsilon = 1e-10)))
question <- system.time(found <- svyby(~q0, ~size, raked, svymean, na.rm = TRUE))
cat("version", R.version.string, "survey", as.character(packageVersion("survey")), "\n")
cat("time raking", raking[["elapsed"]], "\ntime question", question[["elapsed"]], "\n")
estimates <- as.matrix(found[, 2:6]); errors <- as.matrix(found[, 7:11])
for (i in seq_len(nrow(estimates))) for (j in 1:5) cat("figure", format(estimates[i, j], digits = 15), format(errors[i, j], digits = 15), "\n")
