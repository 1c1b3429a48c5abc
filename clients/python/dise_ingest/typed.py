"""A method for each type of event."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

Json = Optional[Mapping[str, Any]]


class TypedEvents:
    """The types as methods over ``emit``; each returns the event's id, or None if it was dropped and counted.

    What is None is left out, so that an entity keeps what it had; ``emit`` with a None in its data clears it.
    """

    def emit(self, kind: str, data: Mapping[str, Any]) -> Optional[str]:
        raise NotImplementedError

    def log(self, tool_id: str, log_level: str, message: str, details: Json = None) -> Optional[str]:
        return self._emit("log", locals())

    def failure(
        self, tool_id: str, scenario: str, error_message: str, severity: Optional[str] = None,
        failure_type: Optional[str] = None, stack_trace: Optional[str] = None, details: Json = None,
    ) -> Optional[str]:  # fmt: skip
        return self._emit("failure", locals())

    def bug_report(
        self, bug_id: str, tool_id: str, severity: str, message: str, stack_trace: Optional[str] = None,
        details: Json = None, resolved: Optional[bool] = None, resolved_at: Optional[str] = None,
    ) -> Optional[str]:  # fmt: skip
        return self._emit("bug_report", locals())

    def debug_data(
        self, context_type: str, context_id: str, context_name: Optional[str] = None,
        parent_context: Optional[str] = None, status: Optional[str] = None, error: Optional[str] = None,
        request: Any = None, response: Any = None, duration_ms: Optional[float] = None,
        memory_mb: Optional[float] = None, cpu_percent: Optional[float] = None, code_hash: Optional[str] = None,
        metadata: Json = None,
    ) -> Optional[str]:  # fmt: skip
        return self._emit("debug_data", locals())

    def perf_data(
        self, tool_id: str, metric_name: str, metric_value: float, unit: Optional[str] = None, details: Json = None
    ) -> Optional[str]:
        return self._emit("perf_data", locals())

    def conversation(
        self, conversation_id: str, role: str, content: str, message_id: Optional[str] = None,
        tool_id: Optional[str] = None, details: Json = None,
    ) -> Optional[str]:  # fmt: skip
        return self._emit("conversation", locals())

    def ancestry(
        self, parent_tool_id: str, child_tool_id: str, relationship_type: str, details: Json = None
    ) -> Optional[str]:
        return self._emit("ancestry", locals())

    def generated_tool(
        self, tool_id: str, tool_name: str, tool_type: str, tool_yaml: Optional[str] = None,
        tool_code: Optional[str] = None, metadata: Json = None,
    ) -> Optional[str]:  # fmt: skip
        return self._emit("generated_tool", locals())

    def artifact(
        self, kind: str, artifact_id: str, name: str, content: str, description: Optional[str] = None,
        tags: Optional[List[str]] = None, metadata: Json = None, quality_score: Optional[float] = None,
        usage_count: Optional[int] = None, tool_id: Optional[str] = None, created_at: Optional[str] = None,
    ) -> Optional[str]:  # fmt: skip
        """``kind``: plan, function, sub_workflow, workflow, tool, prompt, pattern or code_fix."""
        fields = locals()
        return self._emit(fields.pop("kind"), fields)

    def performance(
        self, artifact_id: str, tool_id: str, name: str, metrics: Mapping[str, float],
        description: Optional[str] = None, content: Optional[str] = None, tags: Optional[List[str]] = None,
        metadata: Json = None,
    ) -> Optional[str]:  # fmt: skip
        return self._emit("performance", locals())

    def evaluation(
        self, artifact_id: str, name: str, content: str, tool_id: Optional[str] = None, verdict: Optional[str] = None,
        overall_score: Optional[float] = None, scores: Json = None, results: Any = None,
        tags: Optional[List[str]] = None, metadata: Json = None,
    ) -> Optional[str]:  # fmt: skip
        return self._emit("evaluation", locals())

    def deletion(self, target_type: str, target_id: str, reason: Optional[str] = None) -> Optional[str]:
        return self._emit("deletion", locals())

    def _emit(self, kind: str, fields: Dict[str, Any]) -> Optional[str]:
        return self.emit(kind, {name: value for name, value in fields.items() if name != "self" and value is not None})
