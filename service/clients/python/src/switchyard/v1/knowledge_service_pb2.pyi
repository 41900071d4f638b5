import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from switchyard.v1 import assessment_pb2 as _assessment_pb2
from switchyard.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class KnowledgeItem(_message.Message):
    __slots__ = ("kind", "id", "title", "text", "solution", "uri", "product", "category", "tags", "solver", "customer_id", "opened_time", "solved_time")
    KIND_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SOLUTION_FIELD_NUMBER: _ClassVar[int]
    URI_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    SOLVER_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_ID_FIELD_NUMBER: _ClassVar[int]
    OPENED_TIME_FIELD_NUMBER: _ClassVar[int]
    SOLVED_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: _assessment_pb2.ItemKind
    id: str
    title: str
    text: str
    solution: str
    uri: str
    product: str
    category: str
    tags: _containers.RepeatedScalarFieldContainer[str]
    solver: str
    customer_id: str
    opened_time: _timestamp_pb2.Timestamp
    solved_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[_Union[_assessment_pb2.ItemKind, str]] = ..., id: _Optional[str] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., solution: _Optional[str] = ..., uri: _Optional[str] = ..., product: _Optional[str] = ..., category: _Optional[str] = ..., tags: _Optional[_Iterable[str]] = ..., solver: _Optional[str] = ..., customer_id: _Optional[str] = ..., opened_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., solved_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class BatchUpsertItemsRequest(_message.Message):
    __slots__ = ("items", "actor")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[KnowledgeItem]
    actor: _common_pb2.Actor
    def __init__(self, items: _Optional[_Iterable[_Union[KnowledgeItem, _Mapping]]] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class BatchUpsertItemsResponse(_message.Message):
    __slots__ = ("n_items",)
    N_ITEMS_FIELD_NUMBER: _ClassVar[int]
    n_items: int
    def __init__(self, n_items: _Optional[int] = ...) -> None: ...

class ImportItemsRequest(_message.Message):
    __slots__ = ("import_id", "index", "item")
    IMPORT_ID_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    import_id: str
    index: int
    item: KnowledgeItem
    def __init__(self, import_id: _Optional[str] = ..., index: _Optional[int] = ..., item: _Optional[_Union[KnowledgeItem, _Mapping]] = ...) -> None: ...

class ImportItemsResponse(_message.Message):
    __slots__ = ("next_index", "refused")
    NEXT_INDEX_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    next_index: int
    refused: _containers.RepeatedCompositeFieldContainer[RefusedItem]
    def __init__(self, next_index: _Optional[int] = ..., refused: _Optional[_Iterable[_Union[RefusedItem, _Mapping]]] = ...) -> None: ...

class RefusedItem(_message.Message):
    __slots__ = ("index", "status")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    index: int
    status: _common_pb2.ItemStatus
    def __init__(self, index: _Optional[int] = ..., status: _Optional[_Union[_common_pb2.ItemStatus, _Mapping]] = ...) -> None: ...

class GetImportRequest(_message.Message):
    __slots__ = ("import_id",)
    IMPORT_ID_FIELD_NUMBER: _ClassVar[int]
    import_id: str
    def __init__(self, import_id: _Optional[str] = ...) -> None: ...

class GetImportResponse(_message.Message):
    __slots__ = ("next_index",)
    NEXT_INDEX_FIELD_NUMBER: _ClassVar[int]
    next_index: int
    def __init__(self, next_index: _Optional[int] = ...) -> None: ...

class GetItemRequest(_message.Message):
    __slots__ = ("kind", "id")
    KIND_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    kind: _assessment_pb2.ItemKind
    id: str
    def __init__(self, kind: _Optional[_Union[_assessment_pb2.ItemKind, str]] = ..., id: _Optional[str] = ...) -> None: ...

class GetItemResponse(_message.Message):
    __slots__ = ("item",)
    ITEM_FIELD_NUMBER: _ClassVar[int]
    item: KnowledgeItem
    def __init__(self, item: _Optional[_Union[KnowledgeItem, _Mapping]] = ...) -> None: ...

class ListItemsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "kind")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    kind: _assessment_pb2.ItemKind
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., kind: _Optional[_Union[_assessment_pb2.ItemKind, str]] = ...) -> None: ...

class ListItemsResponse(_message.Message):
    __slots__ = ("items", "next_page_token")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[KnowledgeItem]
    next_page_token: str
    def __init__(self, items: _Optional[_Iterable[_Union[KnowledgeItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DeleteItemRequest(_message.Message):
    __slots__ = ("kind", "id", "actor")
    KIND_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    kind: _assessment_pb2.ItemKind
    id: str
    actor: _common_pb2.Actor
    def __init__(self, kind: _Optional[_Union[_assessment_pb2.ItemKind, str]] = ..., id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class DeleteItemResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ItemFilter(_message.Message):
    __slots__ = ("kind", "product", "category", "solver", "customer_id", "start_time", "end_time", "solved", "excluded_ticket_id")
    KIND_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SOLVER_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SOLVED_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    kind: _assessment_pb2.ItemKind
    product: str
    category: str
    solver: str
    customer_id: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    solved: bool
    excluded_ticket_id: str
    def __init__(self, kind: _Optional[_Union[_assessment_pb2.ItemKind, str]] = ..., product: _Optional[str] = ..., category: _Optional[str] = ..., solver: _Optional[str] = ..., customer_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., solved: _Optional[bool] = ..., excluded_ticket_id: _Optional[str] = ...) -> None: ...

class SearchItemsRequest(_message.Message):
    __slots__ = ("subject", "text", "filter", "n_max")
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    N_MAX_FIELD_NUMBER: _ClassVar[int]
    subject: str
    text: str
    filter: ItemFilter
    n_max: int
    def __init__(self, subject: _Optional[str] = ..., text: _Optional[str] = ..., filter: _Optional[_Union[ItemFilter, _Mapping]] = ..., n_max: _Optional[int] = ...) -> None: ...

class SearchItemsResponse(_message.Message):
    __slots__ = ("found",)
    FOUND_FIELD_NUMBER: _ClassVar[int]
    found: _containers.RepeatedCompositeFieldContainer[FoundItem]
    def __init__(self, found: _Optional[_Iterable[_Union[FoundItem, _Mapping]]] = ...) -> None: ...

class FoundItem(_message.Message):
    __slots__ = ("item", "same_problem", "score", "cosine", "word_share")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    SAME_PROBLEM_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    COSINE_FIELD_NUMBER: _ClassVar[int]
    WORD_SHARE_FIELD_NUMBER: _ClassVar[int]
    item: KnowledgeItem
    same_problem: float
    score: float
    cosine: float
    word_share: float
    def __init__(self, item: _Optional[_Union[KnowledgeItem, _Mapping]] = ..., same_problem: _Optional[float] = ..., score: _Optional[float] = ..., cosine: _Optional[float] = ..., word_share: _Optional[float] = ...) -> None: ...

class EraseCustomerRequest(_message.Message):
    __slots__ = ("customer_id", "actor")
    CUSTOMER_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    customer_id: str
    actor: _common_pb2.Actor
    def __init__(self, customer_id: _Optional[str] = ..., actor: _Optional[_Union[_common_pb2.Actor, _Mapping]] = ...) -> None: ...

class EraseCustomerResponse(_message.Message):
    __slots__ = ("n_items",)
    N_ITEMS_FIELD_NUMBER: _ClassVar[int]
    n_items: int
    def __init__(self, n_items: _Optional[int] = ...) -> None: ...

class GetKnowledgeStatusRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetKnowledgeStatusResponse(_message.Message):
    __slots__ = ("n_tickets", "n_articles", "n_vectors", "index_bytes", "has_graph", "n_remembered")
    N_TICKETS_FIELD_NUMBER: _ClassVar[int]
    N_ARTICLES_FIELD_NUMBER: _ClassVar[int]
    N_VECTORS_FIELD_NUMBER: _ClassVar[int]
    INDEX_BYTES_FIELD_NUMBER: _ClassVar[int]
    HAS_GRAPH_FIELD_NUMBER: _ClassVar[int]
    N_REMEMBERED_FIELD_NUMBER: _ClassVar[int]
    n_tickets: int
    n_articles: int
    n_vectors: int
    index_bytes: int
    has_graph: bool
    n_remembered: int
    def __init__(self, n_tickets: _Optional[int] = ..., n_articles: _Optional[int] = ..., n_vectors: _Optional[int] = ..., index_bytes: _Optional[int] = ..., has_graph: _Optional[bool] = ..., n_remembered: _Optional[int] = ...) -> None: ...
